import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { PASSWORD_QUEUE_LIMIT } from '#lib/auth/policy'
import { gauge, metrics } from '#lib/metrics'
import { err, ok, type Result } from '#lib/result'
import { withSpan } from '#lib/trace'
import type { BcryptAnswer, BcryptTask } from './worker.ts'

type Outcome = Result<string | boolean, 'QUEUE_FULL'>

type Job = {
  task: BcryptTask
  resolve: (outcome: Outcome) => void
  reject: (reason: unknown) => void
  retried: boolean
  /** When it began to wait, and then when it began to be hashed: milliseconds of the process's clock. */
  since: number
}

/**
 * Threads that run bcryptjs, which would freeze the event loop for a quarter of a second per log-in.
 * @param size threads at most; each starts when it is first needed
 * @param queueLimit tasks that may wait for a free thread; one more is `QUEUE_FULL`
 */
export function createBcryptPool(size: number, queueLimit: number) {
  const queue: Job[] = []
  const idle = new Set<Worker>()
  const busy = new Map<Worker, Job>()

  function startWorker(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url))
    let cause: unknown
    worker.on('message', (answer: BcryptAnswer) => {
      const job = busy.get(worker)
      if (job) note('hashing', job)
      busy.delete(worker)
      idle.add(worker)
      // An idle thread must not keep the process alive; one at work must.
      worker.unref()
      if ('error' in answer) job?.reject(answer.error)
      else job?.resolve(ok(answer.value))
      dispatch()
    })
    worker.on('error', (error) => {
      cause = error
    })
    worker.on('exit', () => {
      const job = busy.get(worker)
      busy.delete(worker)
      idle.delete(worker)
      if (job?.retried) job.reject(new Error('The password worker ended twice over one task', { cause }))
      else if (job) queue.unshift({ ...job, retried: true })
      dispatch()
    })
    return worker
  }

  function dispatch(): void {
    while (queue.length > 0) {
      const [free] = idle
      const worker = free ?? (busy.size < size ? startWorker() : null)
      const job = worker && queue.shift()
      if (!job) return
      note('waiting', job)
      idle.delete(worker)
      busy.set(worker, job)
      worker.ref()
      worker.postMessage(job.task)
    }
  }

  function run(task: BcryptTask): Promise<Outcome> {
    if (queue.length >= queueLimit) return Promise.resolve(err('QUEUE_FULL'))
    return new Promise((resolve, reject) => {
      queue.push({ task, resolve, reject, retried: false, since: performance.now() })
      dispatch()
    })
  }

  return {
    run,
    workers: () => [...idle, ...busy.keys()],
    queueLength: () => queue.length,
    busyCount: () => busy.size,
  }
}

/** Measures the step that a job has just ended, and starts the clock of its next one. */
function note(step: 'waiting' | 'hashing', job: Job): void {
  const now = performance.now()
  metrics().passwordSeconds.observe({ step }, (now - job.since) / 1000)
  job.since = now
}

// Each bundle of a route holds this module once more; the threads and the queue's limit are the process's.
const shared: typeof globalThis & { taskwardBcryptPool?: ReturnType<typeof createBcryptPool> } = globalThis

function pool() {
  if (shared.taskwardBcryptPool) return shared.taskwardBcryptPool
  const pool = createBcryptPool(availableParallelism(), PASSWORD_QUEUE_LIMIT)
  shared.taskwardBcryptPool = pool
  gauge('taskward_password_queue_length', pool.queueLength)
  gauge('taskward_password_workers_busy', pool.busyCount)
  return pool
}

function runTraced(task: BcryptTask): Promise<Outcome> {
  return withSpan('password hashing', {}, () => pool().run(task))
}

/** bcrypt with a fresh salt and 2^cost rounds. @returns the 60-character hash, or `QUEUE_FULL` */
export async function bcryptHash(input: string, cost: number): Promise<Result<string, 'QUEUE_FULL'>> {
  const outcome = await runTraced({ input, cost })
  return outcome.ok ? ok(String(outcome.value)) : outcome
}

/** Whether `hash` is that of `input`, compared in constant time. @returns the answer, or `QUEUE_FULL` */
export async function bcryptCompare(input: string, hash: string): Promise<Result<boolean, 'QUEUE_FULL'>> {
  const outcome = await runTraced({ input, hash })
  return outcome.ok ? ok(outcome.value === true) : outcome
}
