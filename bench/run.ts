import { type Comparison, compareContenders } from './compare-contenders.ts'
import type { Contender, World } from './contenders/contender.ts'
import { CONTENDERS } from './contenders/contenders.ts'
import { startTaskward } from './contenders/taskward.ts'
import { formatComparison } from './format-comparison.ts'
import { type LoadProcess, startLoadProcess } from './load-process.ts'
import { formatMemory, sampleMemory } from './memory.ts'
import type { Options } from './options.ts'
import { formatSoak, soak } from './soak.ts'
import { formatStorms, runStorm, type Storm } from './storm.ts'

/** `text` is what was printed. `hasFailed`: a scenario could not be measured. */
export type Results = { comparisons: Comparison[]; storms: Storm[]; text: string; hasFailed: boolean }

type Running = { contenders: Contender[]; world: World; load: LoadProcess; crowd: LoadProcess }

/** Starts the contenders, measures, prints each table as soon as it is complete, and ends the contenders. */
export async function runBenchmark(options: Options, parts: Omit<World, 'load'>): Promise<Results> {
  const file = options.quick ? 'load/fetch.ts' : 'load/autocannon.ts'
  const [load, crowd] = [startLoadProcess(file), startLoadProcess(file)]
  const contenders: Contender[] = []
  try {
    const world: World = { ...parts, load: load.run }
    for (const name of options.contenders) contenders.push(await CONTENDERS[name](world))
    if (options.compare) contenders.push(await startTaskward(world, { folder: options.compare }))
    return await measureAll(options, { contenders, world, load, crowd })
  } finally {
    for (const contender of contenders) await contender.stop()
    load.stop()
    crowd.stop()
  }
}

async function measureAll(options: Options, running: Running): Promise<Results> {
  const { contenders, world } = running
  const results: Results = { comparisons: [], storms: [], text: '', hasFailed: false }
  const print = (text: string) => {
    console.log(text)
    results.text += `${text}\n`
  }
  const samples = [sampleMemory(contenders, 'at rest')]
  const [taskward] = contenders
  if (taskward && options.soakMinutes) {
    const minutes = await soak(taskward, options.soakMinutes)
    print(formatSoak(minutes))
    results.hasFailed = minutes.some(({ failures }) => failures > 0)
    // Tables then show what the load has cost. A minute of it, because V8 optimises for the kinds of requests that it has seen.
    const fresh = { ...(await startTaskward(world)), title: 'Taskward, fresh' }
    contenders.push(fresh)
    await soak(fresh, 1)
    samples.push(sampleMemory(contenders, 'mixed load'))
  }
  for (const scenario of options.scenarios) {
    try {
      const comparison = await compareContenders(contenders, { ...options, scenario })
      print(formatComparison(comparison))
      results.comparisons.push(comparison)
    } catch (error) {
      print(`\n${error instanceof Error ? error.message : error}`)
      results.hasFailed = true
    }
  }
  samples.push(sampleMemory(contenders, 'scenarios'))
  if (options.storm) {
    results.storms = await runStorms(options, running)
    print(formatStorms(results.storms))
    samples.push(sampleMemory(contenders, 'storm'))
  }
  print(formatMemory(contenders, samples))
  return results
}

/** One contender after the other: each storm takes all processors. */
async function runStorms(options: Options, { contenders, load, crowd }: Running): Promise<Storm[]> {
  const small = options.quick && { size: 20, seconds: options.seconds }
  const storms: Storm[] = []
  for (const contender of contenders) {
    const storm = await runStorm(contender, { load, crowd, ...small })
    if (storm) storms.push(storm)
  }
  return storms
}
