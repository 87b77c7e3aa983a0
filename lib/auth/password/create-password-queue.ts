import { PASSWORD_QUEUE_LIMIT, PASSWORD_WAIT_SECONDS } from '#lib/auth/policy.ts'
import { metrics } from '#lib/metrics.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { trackArrivals } from './arrivals.ts'
import { type Busy, onWrite, toBusy } from './busy.ts'
import { FairQueue } from './fair-queue.ts'
import { pathOf, pathOfNetwork, type QueuedRequest, siteOf } from './queue-path.ts'
import { rememberRefusals } from './recent-refusals.ts'
import { secondsSince, type Turn, trackTurns } from './turns.ts'

/** A client that the queue can follow from the arrival of its request. */
export type Arrival = { network: string; abortSignal: AbortSignal }

/** A request that Next.js is about to see. */
export type Start = { network: string; arrivedAt: number }

/** Requests that come to the queue before another one: of all clients, and of its site. */
type OnTheWay = { all: number; ofSite: number }

type Waiting = { path: string[]; arrived: number; begin: () => void; refuse: (seconds?: number) => void }

/** Asks `isAbandoned` before it writes what its answer reports. */
export type Work<T, E> = (abortSignal: AbortSignal) => Promise<Result<T, E>>

/** Between two checks of all that wait. */
const RECHECK_MS = 250
/** Of the time that a client waits. The rest is for the connection and the transfer, which a storm delays as well. */
const SERVER_SHARE = 0.7
/** What is expected to take more of it is refused. What takes longer than expected can use the difference. */
const EXPECTED_SHARE = 0.6

type QueueOptions = {
  /** What a request with a hash takes, until the queue has measured some. */
  usualSeconds?: number
  /** So long a client waits at most. */
  waitSeconds?: number
}

/**
 * Runs requests in turn: a flood cannot occupy all workers or connections (docs/decisions/0020-fair-password-work.md).
 * Refuses immediately what it would answer too late (docs/decisions/0038-log-in-storms.md).
 */
export function createPasswordQueue(
  size: number,
  { usualSeconds = 0.005, waitSeconds = PASSWORD_WAIT_SECONDS }: QueueOptions = {},
) {
  /** From the arrival of a request to its answer. */
  const limitSeconds = waitSeconds * SERVER_SHARE
  const expectedLimitSeconds = waitSeconds * EXPECTED_SHARE
  const queue = new FairQueue<Waiting>()
  const arrivals = trackArrivals()
  const refusals = rememberRefusals(expectedLimitSeconds)
  const turns = trackTurns(usualSeconds)
  let checkedAt = performance.now()

  /** @returns the time until the answer */
  function estimateSeconds(path: string[], onTheWay: OnTheWay = { all: 0, ofSite: 0 }): number {
    const others = turns.count() + onTheWay.all
    // On a slow machine fewer fit into the time than there are turns. One always runs.
    if (others < size) return others === 0 ? 0 : turns.ownSeconds()
    return secondsBehind(queue.countAhead(path) + onTheWay.ofSite)
  }

  function secondsBehind(others: number, each = turns.runningSeconds()): number {
    return ((others + 1) * each) / size + turns.ownSeconds()
  }

  /** After a thousand refusals a site waits in the queue for its next: a flood cannot keep the process busy with them. */
  function checkWait(path: string[], { waited = 0, onTheWay }: { waited?: number; onTheWay?: OnTheWay }) {
    refuseLate()
    const seconds = estimateSeconds(path, onTheWay)
    if (waited + seconds <= expectedLimitSeconds) return ok(null)
    const site = siteOf(path)
    const waiting = queue.size + arrivals.count()
    if (refusals.isFlood(site) && waiting < PASSWORD_QUEUE_LIMIT) return ok(null)
    refusals.add(site)
    return err(toBusy(seconds))
  }

  /** Requests that were to be answered in time, and would be late by what others take now. */
  function refuseLate(): void {
    const now = performance.now()
    if (now - checkedAt < RECHECK_MS) return
    checkedAt = now
    const each = turns.runningSeconds()
    let ahead = 0
    for (const { path, arrived, refuse } of queue.inOrder()) {
      const seconds = secondsBehind(ahead - 1, each)
      if (secondsSince(arrived) + seconds <= expectedLimitSeconds || refusals.isFlood(siteOf(path))) {
        ahead++
      } else {
        refuse(seconds)
      }
    }
  }

  /** @returns `BUSY` if the time-out or the client's abort came before the turn */
  async function waitForTurn(
    path: string[],
    { arrived, abortSignal }: { arrived: number; abortSignal: AbortSignal | undefined },
  ): Promise<Result<Turn, Busy>> {
    const waited = secondsSince(arrived)
    if (waited >= limitSeconds) return err(toBusy(estimateSeconds(path)))
    if (turns.count() < size) return ok(turns.begin())
    return new Promise((resolve) => {
      const end = (outcome: Result<Turn, Busy>) => {
        clearTimeout(timer)
        abortSignal?.removeEventListener('abort', abort)
        resolve(outcome)
      }
      const giveUp = (seconds?: number) => {
        queue.remove(waiting, path)
        end(err(toBusy(seconds ?? estimateSeconds(path))))
      }
      const abort = () => giveUp(0)
      const refuse = (seconds?: number) => {
        refusals.add(siteOf(path))
        giveUp(seconds)
      }
      const waiting = { path, arrived, begin: () => end(ok(turns.begin())), refuse }
      const left = expectedLimitSeconds - turns.ownSeconds() - waited
      const timer = setTimeout(refuse, Math.max(0, left) * 1000)
      abortSignal?.addEventListener('abort', abort)
      queue.add(waiting, path)
    })
  }

  /** For a request that Next.js has not seen. It counts as waiting until it comes to `run` or `leave` is called. */
  function arrive({ network, abortSignal }: Arrival): Result<{ leave: () => void }, Busy> {
    const path = pathOfNetwork(network)
    const site = siteOf(path)
    const admitted = checkWait(path, { onTheWay: { all: arrivals.count(), ofSite: arrivals.countOf(site) } })
    if (!admitted.ok) return admitted
    arrivals.add(abortSignal, site)
    return ok({ leave: () => arrivals.remove(abortSignal) })
  }

  /** For a request that waited for Next.js. @returns `BUSY` if its answer would come too late even with a free turn */
  function checkStart({ network, arrivedAt }: Start): Result<null, Busy> {
    if (secondsSince(arrivedAt) < expectedLimitSeconds) return ok(null)
    return err(toBusy(estimateSeconds(pathOfNetwork(network))))
  }

  async function run<T, E>(request: QueuedRequest, work: Work<T, E>): Promise<Result<T, E | Busy>> {
    const cameAt = performance.now()
    const { abortSignal, arrivedAt: arrived = cameAt } = request.client
    const path = pathOf(request)
    arrivals.remove(abortSignal)
    if (abortSignal?.aborted) return err(toBusy(0))
    const admitted = checkWait(path, { waited: secondsSince(arrived) })
    if (!admitted.ok) return admitted
    const turn = await waitForTurn(path, { arrived, abortSignal })
    metrics().passwordSeconds.observe({ step: 'waiting' }, secondsSince(cameAt))
    if (!turn.ok) return turn
    const deadline = new AbortController()
    const late = new Promise<Result<never, Busy>>((resolve) => {
      deadline.signal.addEventListener('abort', () => resolve(err(toBusy(turns.runningSeconds()))))
    })
    const timer = setTimeout(() => deadline.abort(), Math.max(0, limitSeconds - secondsSince(arrived)) * 1000)
    const signal = AbortSignal.any(abortSignal ? [abortSignal, deadline.signal] : [deadline.signal])
    onWrite(signal, () => clearTimeout(timer))
    const working = work(signal).finally(() => {
      clearTimeout(timer)
      release(turn.value)
    })
    return Promise.race([working, late])
  }

  function release(turn: Turn): void {
    turns.end(turn)
    refuseLate()
    queue.take()?.begin()
  }

  return { arrive, checkStart, run, length: () => queue.size }
}
