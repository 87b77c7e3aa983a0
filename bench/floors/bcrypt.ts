// What the processors can do at most: comparisons of a password by bcryptjs, one thread per processor.

import { availableParallelism } from 'node:os'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import bcrypt from 'bcryptjs'
import type { Outcome, Plan } from '../load/plan.ts'
import { recordAnswers } from '../load/record-answers.ts'
import { servePlans } from '../load/serve-plans.ts'

const PASSWORD = 'a passphrase of the benchmark'

if (isMainThread) {
  const hash = bcrypt.hashSync(PASSWORD, Number(process.env.BCRYPT_COST))
  servePlans(({ seconds }: Plan) => compareOnAllProcessors(hash, seconds))
} else {
  const { hash, seconds } = workerData
  const deadline = performance.now() + seconds * 1000
  while (performance.now() < deadline) {
    const startedAt = performance.now()
    bcrypt.compareSync(PASSWORD, hash)
    parentPort?.postMessage(performance.now() - startedAt)
  }
}

async function compareOnAllProcessors(hash: string, seconds: number): Promise<Outcome> {
  const answers = recordAnswers()
  const compare = () =>
    new Promise((resolve, reject) => {
      new Worker(import.meta.filename, { workerData: { hash, seconds } })
        .on('message', (milliseconds: number) => answers.add(200, milliseconds))
        .on('error', reject)
        .on('exit', resolve)
    })
  await Promise.all(Array.from({ length: availableParallelism() }, compare))
  return answers.outcome()
}
