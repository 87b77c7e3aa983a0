import type { Comparison } from './compare-contenders.ts'
import type { Round } from './measure.ts'
import { SCENARIOS } from './scenarios.ts'
import { median, medianRatio, spread } from './statistics.ts'

const HEADINGS = ['', 'requests/s', '±', 'p50 ms', 'p99 ms', 'CPU ms', 'rate', 'CPU']

/** A Markdown table of medians. The last columns are Taskward's rate and CPU time as multiples of the row's. */
export function formatComparison({ scenario, rows }: Comparison): string {
  const { title, connections } = SCENARIOS[scenario]
  const own = rows[0]?.rounds ?? []
  const lines = rows.map((row) => [row.title, ...cellsOf(row.rounds, own)])
  return `\n## ${title}, ${connections} connections (${scenario})\n\n${formatTable([HEADINGS, ...lines])}`
}

function cellsOf(rounds: Round[], own: Round[]): string[] {
  const rates = rounds.map(({ rate }) => rate)
  const cpu = rounds.map(({ cpuMs }) => cpuMs ?? Number.NaN)
  const ratios = [
    medianRatio(
      own.map(({ rate }) => rate),
      rates,
    ),
    medianRatio(
      own.map(({ cpuMs }) => cpuMs ?? Number.NaN),
      cpu,
    ),
  ]
  return [
    formatNumber(median(rates)),
    `${Math.round(spread(rates) * 100)} %`,
    formatNumber(median(rounds.map(({ p50 }) => p50))),
    formatNumber(median(rounds.map(({ p99 }) => p99))),
    formatNumber(median(cpu)),
    ...ratios.map((ratio) => (rounds === own ? '' : `${formatNumber(ratio)} ×`)),
  ]
}

/** Three digits, or all before the point; a dash for what the system does not count. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return '–'
  if (value >= 100) return Math.round(value).toString()
  return value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

/** Pads the cells, so that the table is also readable as text. */
export function formatTable(rows: string[][]): string {
  const [headings = []] = rows
  const widths = headings.map((_, column) => Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (row: string[]) =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`
  const rule = widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  const [head = '', ...body] = rows.map(line)
  return [head, line(rule), ...body].join('\n')
}
