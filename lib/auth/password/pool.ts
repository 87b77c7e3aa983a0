import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Failure } from '#lib/failure'
import { gauge, metrics } from '#lib/metrics'
import { err, ok, type Result } from '#lib/result'
import { withSpan } from '#lib/trace'
import { FairQueue } from './fair-queue.ts'
import { type PasswordWork, pathOf } from './password-work.ts'
import type { BcryptAnswer, BcryptTask } from './worker.ts'

type Busy = Failure<'BUSY'>
type Outcome = Result<string | boolean, Busy>

type Job = {
  task: BcryptTask
  endWaiting: () => void
  resolve: (outcome: Outcome) => void
  reject: (reason: unknown) => void
  retried: boolean
  /** When it began to wait, and then when it began to be hashed: milliseconds of the process's clock. */
  since: number
}

/** Weight of the newest task in the mean: the last ten or so count. */
const NEWEST_WEIGHT = 0.1

/**
 * Threads that run bcryptjs, which would freeze the event loop for a quarter of a second per log-in. Waiting work is
 * served in turn (docs/decisions/0020-fair-password-work.md).
 * @param size threads at most; each starts when it is first needed
 */
export function createBcryptPool(size: number) {
  const queue = new FairQueue<Job>()
  const idle = new Set<Worker>()
  const busy = new Map<Worker, Job>()
  let meanSeconds = 0

  function startWorker(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url))
    let cause: unknown
    worker.on('message', (answer: BcryptAnswer) => {
      const job = busy.get(worker)
      if (job) learn(note('hashing', job))
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
      else if (job) assign(startWorker(), { ...job, retried: true })
      dispatch()
    })
    return worker
  }

  function learn(seconds: number): void {
    meanSeconds = meanSeconds === 0 ? seconds : meanSeconds + (seconds - meanSeconds) * NEWEST_WEIGHT
  }

  function assign(worker: Worker, job: Job): void {
    idle.delete(worker)
    busy.set(worker, job)
    worker.ref()
    worker.postMessage(job.task)
  }

  function dispatch(): void {
    while (queue.size > 0) {
      const [free] = idle
      const worker = free ?? (busy.size < size ? startWorker() : null)
      const job = worker && queue.take()
      if (!job) return
      job.endWaiting()
      assign(worker, job)
    }
  }

  /** How long work that begins to wait now will wait. */
  function expectSeconds(work: PasswordWork): number {
    return busy.size < size ? 0 : ((queue.countAhead(pathOf(work)) + 1) * meanSeconds) / size
  }

  /** @returns `BUSY` where work that begins to wait now would wait too long, or its client has left already; else null */
  function findRefusal(work: PasswordWork): Busy | null {
    const seconds = expectSeconds(work)
    const isTooLong = seconds > 0 && seconds * 1000 > work.patienceMs
    return isTooLong || work.left?.aborted ? toBusy(seconds) : null
  }

  function run(task: BcryptTask, work: PasswordWork): Promise<Outcome> {
    const refusal = findRefusal(work)
    if (refusal) return Promise.resolve(err(refusal))
    return new Promise((resolve, reject) => {
      const path = pathOf(work)
      const giveUp = () => {
        queue.remove(job, path)
        job.endWaiting()
        resolve(err(toBusy(expectSeconds(work))))
      }
      const timer = setTimeout(giveUp, work.patienceMs).unref()
      work.left?.addEventListener('abort', giveUp)
      const endWaiting = () => {
        clearTimeout(timer)
        work.left?.removeEventListener('abort', giveUp)
        work.patienceMs -= note('waiting', job) * 1000
      }
      const job: Job = { task, endWaiting, resolve, reject, retried: false, since: performance.now() }
      queue.add(job, path)
      dispatch()
    })
  }

  return {
    run,
    findRefusal,
    workers: () => [...idle, ...busy.keys()],
    queueLength: () => queue.size,
    busyCount: () => busy.size,
  }
}

function toBusy(seconds: number): Busy {
  return { code: 'BUSY', retryAfterSeconds: Math.max(1, Math.ceil(seconds)) }
}

/** Measures the step that a job has just ended, and starts the clock of its next one. @returns its seconds */
function note(step: 'waiting' | 'hashing', job: Job): number {
  const now = performance.now()
  const seconds = (now - job.since) / 1000
  metrics().passwordSeconds.observe({ step }, seconds)
  job.since = now
  return seconds
}

// Each bundle of a route holds this module once more; the threads and the queue are the process's.
const shared: typeof globalThis & { taskwardBcryptPool?: ReturnType<typeof createBcryptPool> } = globalThis

function pool() {
  if (shared.taskwardBcryptPool) return shared.taskwardBcryptPool
  const pool = createBcryptPool(availableParallelism())
  shared.taskwardBcryptPool = pool
  gauge('taskward_password_queue_length', pool.queueLength)
  gauge('taskward_password_workers_busy', pool.busyCount)
  return pool
}

function runTraced(task: BcryptTask, work: PasswordWork): Promise<Outcome> {
  return withSpan('password hashing', {}, () => pool().run(task, work))
}

/** Refuses password work that could not begin in time, before anything else is done for it. @returns `BUSY`, or null */
export function refuseWhenBusy(work: PasswordWork): Busy | null {
  return pool().findRefusal(work)
}

/** bcrypt with a fresh salt and 2^cost rounds. @returns the 60-character hash, or `BUSY` where nothing was hashed */
export async function bcryptHash(
  input: string,
  cost: number,
  work: PasswordWork,
): Promise<Result<string, Busy>> {
  const outcome = await runTraced({ input, cost }, work)
  return outcome.ok ? ok(String(outcome.value)) : outcome
}

/** Checks whether `hash` is that of `input`, in constant time. @returns the answer, or `BUSY` where nothing was compared */
export async function bcryptCompare(
  input: string,
  hash: string,
  work: PasswordWork,
): Promise<Result<boolean, Busy>> {
  const outcome = await runTraced({ input, hash }, work)
  return outcome.ok ? ok(outcome.value === true) : outcome
}
