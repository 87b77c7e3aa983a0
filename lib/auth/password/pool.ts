import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { gauge, metrics } from '#lib/metrics.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { withSpan } from '#lib/trace.ts'
import type { PasswordOwner } from './owner-words.ts'
import type { Weakness } from './weakness.ts'
import type { PasswordAnswer, PasswordTask, PasswordValue } from './worker.ts'

type Outcome = PasswordValue

type Job = {
  task: PasswordTask
  resolve: (outcome: Outcome) => void
  reject: (reason: unknown) => void
  retried: boolean
  /** When it began to be hashed: milliseconds of the process's clock. */
  since: number
}

/**
 * Threads that run bcryptjs, which would freeze the event loop for a quarter of a second per log-in. Few tasks wait for
 * one: requests take turns before (lib/auth/password/password-queue.ts).
 * @param size threads at most; each starts when it is first needed
 */
export function createBcryptPool(size: number) {
  const queue: Job[] = []
  const idle = new Set<Worker>()
  const busy = new Map<Worker, Job>()

  function startWorker(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url))
    let cause: unknown
    worker.on('message', (answer: PasswordAnswer) => {
      const job = busy.get(worker)
      if (job) metrics().passwordSeconds.observe({ step: 'hashing' }, (performance.now() - job.since) / 1000)
      busy.delete(worker)
      idle.add(worker)
      // An idle thread must not keep the process alive; one at work must.
      worker.unref()
      if ('error' in answer) job?.reject(answer.error)
      else job?.resolve(answer.value)
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
      job.since = performance.now()
      idle.delete(worker)
      busy.set(worker, job)
      worker.ref()
      worker.postMessage(job.task)
    }
  }

  function run(task: PasswordTask): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      queue.push({ task, resolve, reject, retried: false, since: 0 })
      dispatch()
    })
  }

  return {
    run,
    workers: () => [...idle, ...busy.keys()],
    busyCount: () => busy.size,
  }
}

// Each bundle of a route holds this module once more; the threads are the process's.
const shared: typeof globalThis & { taskwardBcryptPool?: ReturnType<typeof createBcryptPool> } = globalThis

function pool() {
  if (shared.taskwardBcryptPool) return shared.taskwardBcryptPool
  const pool = createBcryptPool(availableParallelism())
  shared.taskwardBcryptPool = pool
  gauge('taskward_password_workers_busy', pool.busyCount)
  return pool
}

function runTraced(task: PasswordTask): Promise<Outcome> {
  return withSpan('password hashing', {}, () => pool().run(task))
}

/** bcrypt with a fresh salt and 2^cost rounds. @returns the 60-character hash */
export async function bcryptHash(input: string, cost: number): Promise<string> {
  return String(await runTraced({ input, cost }))
}

/** As `bcryptHash`, for a new password. @returns the hash, or why the password is too weak to have one */
export async function bcryptHashIfStrong(
  input: string,
  cost: number,
  candidate: { password: string; owner: PasswordOwner },
): Promise<Result<string, Weakness>> {
  const outcome = await runTraced({ input, cost, ...candidate })
  return typeof outcome === 'object' ? err(outcome.weakness) : ok(String(outcome))
}

/** Checks whether `hash` is that of `input`, in constant time. */
export async function bcryptCompare(input: string, hash: string): Promise<boolean> {
  return (await runTraced({ input, hash })) === true
}
