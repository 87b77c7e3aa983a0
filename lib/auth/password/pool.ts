import { Worker } from 'node:worker_threads'
import { countCores, countHashingThreads } from '#lib/env/cluster.ts'
import { gauge, metrics } from '#lib/metrics.ts'
import { withSpan } from '#lib/trace.ts'
import type { PasswordOwner } from './owner-words.ts'
import type { Weakness } from './weakness.ts'
import type { PasswordAnswer, PasswordTask, PasswordValue } from './worker.ts'

type Job = {
  task: PasswordTask
  resolve: (value: PasswordValue) => void
  reject: (reason: unknown) => void
  retried: boolean
  startedAt: number
}

/** A thread takes 20 MB, with dictionaries 70, and starts within 100 ms, with dictionaries within 300. */
const IDLE_MS = 60_000

/**
 * bcryptjs would block the event loop for a quarter of a second per log-in.
 *
 * @param size the most threads. Each starts when first needed and ends when not used for `idleMs`.
 */
export function createPasswordPool(size: number, idleMs = IDLE_MS) {
  const queue: Job[] = []
  const idle = new Map<Worker, NodeJS.Timeout>()
  const busy = new Map<Worker, Job>()

  function startWorker(): Worker {
    const worker = new Worker(new URL('./worker.ts', import.meta.url))
    let cause: unknown
    worker.on('message', (answer: PasswordAnswer) => {
      const job = busy.get(worker)
      if (job && 'input' in job.task)
        metrics().passwordSeconds.observe({ step: 'hashing' }, (performance.now() - job.startedAt) / 1000)
      busy.delete(worker)
      rest(worker)
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
      takeFromIdle(worker)
      if (job?.retried) job.reject(new Error('The password worker ended twice over one task', { cause }))
      else if (job) queue.unshift({ ...job, retried: true })
      dispatch()
    })
    return worker
  }

  function rest(worker: Worker): void {
    // Only a busy thread keeps the process alive.
    worker.unref()
    const end = () => {
      idle.delete(worker)
      void worker.terminate()
    }
    idle.set(worker, setTimeout(end, idleMs).unref())
  }

  function takeFromIdle(worker: Worker): void {
    clearTimeout(idle.get(worker))
    idle.delete(worker)
  }

  function dispatch(): void {
    while (queue.length > 0) {
      // The one used last, so that those which are not needed end.
      const free = [...idle.keys()].at(-1)
      const worker = free ?? (busy.size < size ? startWorker() : null)
      const job = worker && queue.shift()
      if (!job) return
      job.startedAt = performance.now()
      takeFromIdle(worker)
      busy.set(worker, job)
      worker.ref()
      worker.postMessage(job.task)
    }
  }

  function run(task: PasswordTask): Promise<PasswordValue> {
    return new Promise((resolve, reject) => {
      queue.push({ task, resolve, reject, retried: false, startedAt: 0 })
      dispatch()
    })
  }

  return {
    run,
    workers: () => [...idle.keys(), ...busy.keys()],
    busyCount: () => busy.size,
  }
}

type Pool = ReturnType<typeof createPasswordPool>

// Every route's bundle has a copy of this module, but the process has one pool for each kind of work.
const shared: typeof globalThis & { taskwardPasswordPools?: { hashing: Pool; estimating: Pool } } = globalThis

function pools() {
  if (shared.taskwardPasswordPools) return shared.taskwardPasswordPools
  const pools = {
    hashing: createPasswordPool(countHashingThreads()),
    // Each loads the dictionaries. An estimate takes 150 ms at most, and mostly a tenth of that (decision 0021).
    estimating: createPasswordPool(Math.ceil(countCores() / 4)),
  }
  shared.taskwardPasswordPools = pools
  gauge('taskward_password_workers_busy', pools.hashing.busyCount)
  return pools
}

function hash(task: PasswordTask): Promise<PasswordValue> {
  return withSpan('password hashing', {}, () => pools().hashing.run(task))
}

export async function bcryptHash(input: string, cost: number): Promise<string> {
  return String(await hash({ input, cost }))
}

export async function bcryptCompare(input: string, hashed: string): Promise<boolean> {
  return (await hash({ input, hash: hashed })) === true
}

export async function findWeakness(password: string, owner: PasswordOwner): Promise<Weakness | null> {
  const value = await pools().estimating.run({ password, owner })
  return typeof value === 'object' ? value.weakness : null
}
