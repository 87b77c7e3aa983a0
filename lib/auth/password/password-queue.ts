import { availableParallelism } from 'node:os'
import type { Client } from '#lib/actor.ts'
import { PASSWORD_QUEUE_LIMIT, PASSWORD_WAIT_SECONDS } from '#lib/auth/policy.ts'
import type { Failure } from '#lib/failure.ts'
import { gauge, metrics } from '#lib/metrics.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { FairQueue } from './fair-queue.ts'

type Busy = Failure<'BUSY'>

export type QueuedRequest = {
  client: Pick<Client, 'network' | 'abortSignal'>
  account: string
  /** True if a device cookie or a session proves that the client has logged in to the account before. */
  isKnown: boolean
}

/** Small, because the first request of a process loads code and takes a hundred times as long as the next. */
const NEWEST_WEIGHT = 0.1

/** Runs requests in turn: a flood cannot occupy all workers or connections (docs/decisions/0020-fair-password-work.md). */
export function createPasswordQueue(size: number) {
  const queue = new FairQueue<() => void>()
  /** Sites that have an answer with a wait that has not passed yet. */
  const refused = new Set<string>()
  let running = 0
  let meanSeconds = 0

  function estimateSeconds(path: string[]): number {
    return running < size ? 0 : ((queue.countAhead(path) + 1) * meanSeconds) / size
  }

  /** A site that returns too early waits in the queue: a flood cannot keep the process busy with refusals. */
  function checkWait(path: string[]): Result<null, Busy> {
    const seconds = estimateSeconds(path)
    if (seconds <= PASSWORD_WAIT_SECONDS) return ok(null)
    const site = path.slice(0, 2).join()
    if (refused.has(site) && queue.size < PASSWORD_QUEUE_LIMIT) return ok(null)
    refused.add(site)
    setTimeout(() => refused.delete(site), seconds * 1000).unref()
    return err(toBusy(seconds))
  }

  /** @returns false if the time-out or the client's abort came before the turn */
  async function waitForTurn(path: string[], abortSignal: AbortSignal | undefined): Promise<boolean> {
    if (running < size) {
      running++
      return true
    }
    return new Promise((resolve) => {
      const end = (isTurn: boolean) => {
        clearTimeout(timer)
        abortSignal?.removeEventListener('abort', giveUp)
        resolve(isTurn)
      }
      const begin = () => end(true)
      const giveUp = () => {
        queue.remove(begin, path)
        end(false)
      }
      const timer = setTimeout(giveUp, PASSWORD_WAIT_SECONDS * 1000)
      abortSignal?.addEventListener('abort', giveUp)
      queue.add(begin, path)
    })
  }

  async function run<T, E>(
    request: QueuedRequest,
    work: () => Promise<Result<T, E>>,
  ): Promise<Result<T, E | Busy>> {
    const { abortSignal } = request.client
    const path = pathOf(request)
    if (abortSignal?.aborted) return err(toBusy(0))
    const admitted = checkWait(path)
    if (!admitted.ok) return admitted
    const arrived = performance.now()
    const isTurn = await waitForTurn(path, abortSignal)
    const begun = performance.now()
    metrics().passwordSeconds.observe({ step: 'waiting' }, (begun - arrived) / 1000)
    if (!isTurn) return err(toBusy(estimateSeconds(path)))
    try {
      return await work()
    } finally {
      const seconds = (performance.now() - begun) / 1000
      meanSeconds += (seconds - meanSeconds) * NEWEST_WEIGHT
      // The next request takes the free slot, so `running` stays the same.
      const begin = queue.take()
      if (begin) begin()
      else running--
    }
  }

  return { run, length: () => queue.size }
}

function toBusy(seconds: number): Busy {
  return { code: 'BUSY', retryAfterSeconds: Math.max(1, Math.ceil(seconds)) }
}

/** Known clients get every second turn. An IPv6 /48 takes turns as one site, because one customer may own it. */
function pathOf({ isKnown, client: { network }, account }: QueuedRequest): string[] {
  const [site = network] = /^([0-9a-f]+:){3}/.exec(network) ?? []
  return [isKnown ? 'known' : 'new', site, network, account]
}

// Every route's bundle has a copy of this module, but the process has one queue.
const KEY = Symbol.for('taskward.passwordQueue')
const holder = globalThis as typeof globalThis & { [KEY]?: ReturnType<typeof createPasswordQueue> }

function passwordQueue() {
  if (holder[KEY]) return holder[KEY]
  // Twice as many as workers: while one request waits for the database, another hashes.
  const queue = createPasswordQueue(2 * availableParallelism())
  holder[KEY] = queue
  gauge('taskward_password_queue_length', queue.length)
  return queue
}

/** @returns the result of `work`; `BUSY` if its turn does not come in time or the client has aborted */
export function queuePasswordWork<T, E>(
  request: QueuedRequest,
  work: () => Promise<Result<T, E>>,
): Promise<Result<T, E | Busy>> {
  return passwordQueue().run(request, work)
}
