import { availableParallelism } from 'node:os'
import type { Client } from '#lib/actor.ts'
import { PASSWORD_QUEUE_LIMIT, PASSWORD_WAIT_SECONDS } from '#lib/auth/policy.ts'
import type { Failure } from '#lib/failure.ts'
import { gauge, metrics } from '#lib/metrics.ts'
import { err, type Result } from '#lib/result.ts'
import { FairQueue } from './fair-queue.ts'

type Busy = Failure<'BUSY'>

/** Whose request waits: it takes its turn by these. */
export type Waiting = {
  client: Pick<Client, 'network' | 'abortSignal'>
  account: string
  /** Whether the client has proved by a device cookie or a session that it has logged in to the account before. */
  isKnown: boolean
}

/** Weight of the newest request in the mean: the last ten or so count. */
const NEWEST_WEIGHT = 0.1

/**
 * Lets requests that hash passwords run in turn, from their first query to their last, so that no flood of them takes all
 * workers or all connections (docs/decisions/0020-fair-password-work.md).
 * @param size how many run at a time
 */
export function createPasswordQueue(size: number) {
  const queue = new FairQueue<() => void>()
  /** Sites that were refused at once, until the named time has passed. */
  const refused = new Set<string>()
  let running = 0
  let meanSeconds = 0

  function expectSeconds(path: string[]): number {
    return running < size ? 0 : ((queue.countAhead(path) + 1) * meanSeconds) / size
  }

  /**
   * Refuses at once what would wait too long. A site that comes again before the named time has passed waits for its
   * next refusal: otherwise a flood that ignores it would keep the process busy with refusals.
   */
  function refuseAtOnce(path: string[]): Busy | null {
    const seconds = expectSeconds(path)
    if (seconds <= PASSWORD_WAIT_SECONDS) return null
    const site = path.slice(0, 2).join()
    if (refused.has(site) && queue.size < PASSWORD_QUEUE_LIMIT) return null
    refused.add(site)
    setTimeout(() => refused.delete(site), seconds * 1000).unref()
    return toBusy(seconds)
  }

  /** @returns whether the turn came, rather than the end of patience or the client's departure */
  async function takePlace(path: string[], abortSignal: AbortSignal | undefined): Promise<boolean> {
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

  /** @returns what `work` returns; `BUSY` where its turn does not come in time, or its client has left */
  async function run<T, E>(
    waiting: Waiting,
    work: () => Promise<Result<T, E>>,
  ): Promise<Result<T, E | Busy>> {
    const { abortSignal } = waiting.client
    const path = pathOf(waiting)
    const refusal = abortSignal?.aborted ? toBusy(0) : refuseAtOnce(path)
    if (refusal) return err(refusal)
    const since = performance.now()
    const isTurn = await takePlace(path, abortSignal)
    const begun = performance.now()
    metrics().passwordSeconds.observe({ step: 'waiting' }, (begun - since) / 1000)
    if (!isTurn) return err(toBusy(expectSeconds(path)))
    try {
      return await work()
    } finally {
      const seconds = (performance.now() - begun) / 1000
      meanSeconds = meanSeconds === 0 ? seconds : meanSeconds + (seconds - meanSeconds) * NEWEST_WEIGHT
      // The next one takes over the place.
      const begin = queue.take()
      if (begin) begin()
      else running--
    }
  }

  return { run, queueLength: () => queue.size }
}

function toBusy(seconds: number): Busy {
  return { code: 'BUSY', retryAfterSeconds: Math.max(1, Math.ceil(seconds)) }
}

/**
 * Known clients and all others take turns first, so that a flood of strangers leaves known clients every second turn. A
 * /48 comes before its /64 networks, since one customer of a provider may own all of them.
 */
function pathOf({ isKnown, client: { network }, account }: Waiting): string[] {
  const [site = network] = /^([0-9a-f]+:){3}/.exec(network) ?? []
  return [isKnown ? 'known' : 'new', site, network, account]
}

// Each bundle of a route holds this module once more; the turns are the process's.
const KEY = Symbol.for('taskward.turns')
const holder = globalThis as typeof globalThis & { [KEY]?: ReturnType<typeof createPasswordQueue> }

function turns() {
  if (holder[KEY]) return holder[KEY]
  // Twice as many as workers: while one request waits for the database, another one hashes.
  const turns = createPasswordQueue(2 * availableParallelism())
  holder[KEY] = turns
  gauge('taskward_password_queue_length', turns.queueLength)
  return turns
}

/** Runs a request that hashes passwords when its turn has come. @returns what `work` returns, or `BUSY` */
export function queuePasswordWork<T, E>(
  waiting: Waiting,
  work: () => Promise<Result<T, E>>,
): Promise<Result<T, E | Busy>> {
  return turns().run(waiting, work)
}
