import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { compareSync, hashSync } from 'bcryptjs'
import type { PasswordOwner } from './owner-words.ts'
import type { Weakness } from './weakness.ts'

type HashTask = { input: string; cost: number }
type EstimateTask = { password: string; owner: PasswordOwner }

export type PasswordTask = HashTask | EstimateTask | { input: string; hash: string }
export type PasswordValue = string | boolean | { weakness: Weakness | null }
export type PasswordAnswer = { value: PasswordValue } | { error: unknown }

async function work(task: PasswordTask): Promise<PasswordValue> {
  if ('hash' in task) return compareSync(task.input, task.hash)
  if ('input' in task) return hashSync(task.input, task.cost)
  // A thread that hashes does not load the dictionaries of about 50 MB.
  const { estimateStrength } = await import('./estimate-strength.ts')
  return { weakness: estimateStrength(task.password, task.owner).weakness }
}

async function answer(task: PasswordTask): Promise<PasswordAnswer> {
  try {
    return { value: await work(task) }
  } catch (error) {
    return { error }
  }
}

/** A third of the weight of other threads, which does not stop log-ins on a busy machine (sched(7), "The nice value"). */
const NICENESS = 5

// Requests that hash nothing come first. Only on Linux does a thread have a priority of its own (setpriority(2)).
if (process.platform === 'linux') setPriority(NICENESS)

parentPort?.on('message', async (task: PasswordTask) => parentPort?.postMessage(await answer(task)))
