import { type Comparison, compareContenders } from './compare-contenders.ts'
import type { Contender, World } from './contenders/contender.ts'
import { CONTENDERS } from './contenders/contenders.ts'
import { startTaskward } from './contenders/taskward.ts'
import { formatComparison } from './format-comparison.ts'
import { type HelperProcess, startHelper } from './helper-process.ts'
import type { Options } from './options.ts'
import { readUsage } from './process-usage.ts'
import { formatStorms, runStorm, type Storm } from './storm.ts'

/** Resident megabytes. */
type Memory = { title: string; atRest: number; after: number }

export type Results = { comparisons: Comparison[]; storms: Storm[]; memory: Memory[] }

type Running = { contenders: Contender[]; load: HelperProcess; crowd: HelperProcess }

/** Starts the contenders, measures, prints each table as soon as it is complete, and ends the contenders. */
export async function runBenchmark(options: Options, world: Omit<World, 'load'>): Promise<Results> {
  const file = options.quick ? 'load/fetch.ts' : 'load/autocannon.ts'
  const [load, crowd] = [startHelper(file), startHelper(file)]
  const contenders: Contender[] = []
  try {
    const all: World = { ...world, load: load.run }
    for (const name of options.contenders) contenders.push(await CONTENDERS[name](all))
    if (options.compare) contenders.push(await startTaskward(all, options.compare))
    return await measureAll(options, { contenders, load, crowd })
  } finally {
    for (const contender of contenders) await contender.stop()
    load.stop()
    crowd.stop()
  }
}

async function measureAll(options: Options, { contenders, load, crowd }: Running): Promise<Results> {
  const residentOf = ({ pid }: Contender) => readUsage(pid)?.residentMb ?? Number.NaN
  const atRest = contenders.map(residentOf)
  const comparisons: Comparison[] = []
  for (const scenario of options.scenarios) {
    const comparison = await compareContenders(contenders, { ...options, scenario })
    console.log(formatComparison(comparison))
    comparisons.push(comparison)
  }
  const storms: Storm[] = []
  for (const contender of options.storm ? contenders : []) {
    const small = options.quick && { size: 20, seconds: options.seconds }
    const storm = await runStorm(contender, { load, crowd, ...small })
    if (storm) storms.push(storm)
  }
  if (storms.length > 0) console.log(formatStorms(storms))
  const memory = contenders.map((contender, i) => ({
    ...{ title: contender.title, atRest: atRest[i] ?? Number.NaN, after: residentOf(contender) },
  }))
  return { comparisons, storms, memory }
}
