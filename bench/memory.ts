import type { Contender } from './contenders/contender.ts'
import { formatNumber, formatTable } from './format-comparison.ts'
import { readUsage } from './process-usage.ts'

/** Resident megabytes of each contender at one moment of the run. */
export type MemorySample = { moment: string; residentMb: number[] }

export function sampleMemory(contenders: Contender[], moment: string): MemorySample {
  return { moment, residentMb: contenders.map(({ pid }) => readUsage(pid)?.residentMb ?? Number.NaN) }
}

export function formatMemory(contenders: Contender[], samples: MemorySample[]): string {
  const headings = ['', ...samples.map(({ moment }) => moment)]
  const lines = contenders.map(({ title }, i) => [
    title,
    ...samples.map(({ residentMb }) => formatNumber(residentMb[i] ?? Number.NaN)),
  ])
  return `\n## Resident megabytes\n\n${formatTable([headings, ...lines])}`
}
