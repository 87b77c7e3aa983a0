import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Outcome, Plan } from './load/plan.ts'

/** A process that carries out plans (load/serve-plans.ts). It ends with this one. */
export type LoadProcess = { pid: number; run: (plan: Plan) => Promise<Outcome>; stop: () => void }

export function startLoadProcess(file: string, env: Record<string, string> = {}): LoadProcess {
  const child = fork(join(import.meta.dirname, file), {
    env: { ...process.env, ...env },
    // autocannon computes a wait that is over.
    execArgv: ['--disable-warning=TimeoutNegativeWarning'],
  })
  const failure = once(child, 'exit').then(() => {
    throw new Error(`${file} has ended`)
  })
  failure.catch(() => {})
  const run = async (plan: Plan): Promise<Outcome> => {
    const answer = once(child, 'message')
    child.send(plan)
    const [outcome] = await Promise.race([answer, failure])
    return outcome
  }
  return { pid: child.pid ?? 0, run, stop: () => child.disconnect() }
}
