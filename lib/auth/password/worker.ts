import { parentPort } from 'node:worker_threads'
import { compareSync, hashSync } from 'bcryptjs'

export type BcryptTask = { input: string; cost: number } | { input: string; hash: string }
export type BcryptAnswer = { value: string | boolean } | { error: unknown }

function work(task: BcryptTask): BcryptAnswer {
  try {
    return { value: 'cost' in task ? hashSync(task.input, task.cost) : compareSync(task.input, task.hash) }
  } catch (error) {
    return { error }
  }
}

parentPort?.on('message', (task: BcryptTask) => parentPort?.postMessage(work(task)))
