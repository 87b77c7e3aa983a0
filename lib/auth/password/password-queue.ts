import { BCRYPT_COST, PASSWORD_QUEUE_LIMIT, PASSWORD_WAIT_SECONDS } from '#lib/auth/policy.ts'
import { countCores, countHashingThreads } from '#lib/env/cluster.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { gauge, metrics } from '#lib/metrics.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { trackArrivals } from './arrivals.ts'
import { type Busy, onWrite, toBusy } from './busy.ts'
import { FairQueue } from './fair-queue.ts'
import { pathOf, type QueuedRequest, siteOf, siteOfNetwork } from './queue-path.ts'
import { rememberRefusals } from './recent-refusals.ts'
import { type Turn, trackTurns } from './turns.ts'

/** A client that the queue can follow from the arrival of its request. */
type Arrival = { network: string; abortSignal: AbortSignal }

type Waiting = { path: string[]; arrived: number; begin: () => void; refuse: (seconds?: number) => void }

/** Asks `isAbandoned` before it writes what its answer reports. */
type Work<T, E> = (abortSignal: AbortSignal) => Promise<Result<T, E>>

/** Between two checks of all that wait. */
const RECHECK_MS = 250
/** Of one core, at the default cost. */
const HASH_SECONDS = 0.25
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
  function estimateSeconds(path: string[]): number {
    const others = turns.count() + arrivals.count()
    // On a slow machine fewer fit into the time than there are turns. One always runs.
    if (others < size) return others === 0 ? 0 : turns.ownSeconds()
    return secondsBehind(queue.countAhead(path) + arrivals.countOf(siteOf(path)))
  }

  function secondsBehind(others: number, each = turns.runningSeconds()): number {
    return ((others + 1) * each) / size + turns.ownSeconds()
  }

  /** After a thousand refusals a site waits in the queue for its next: a flood cannot keep the process busy with them. */
  function checkWait(path: string[]): Result<null, Busy> {
    refuseLate()
    const seconds = estimateSeconds(path)
    if (seconds <= expectedLimitSeconds) return ok(null)
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
      if ((now - arrived) / 1000 + seconds <= expectedLimitSeconds || refusals.isFlood(siteOf(path))) {
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
    const waited = (performance.now() - arrived) / 1000
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
    const path = ['new', siteOfNetwork(network), network]
    const admitted = checkWait(path)
    if (!admitted.ok) return admitted
    arrivals.add(abortSignal, siteOf(path))
    return ok({ leave: () => void arrivals.take(abortSignal) })
  }

  async function run<T, E>(request: QueuedRequest, work: Work<T, E>): Promise<Result<T, E | Busy>> {
    const { abortSignal } = request.client
    const path = pathOf(request)
    const arrived = arrivals.take(abortSignal)?.at ?? performance.now()
    if (abortSignal?.aborted) return err(toBusy(0))
    const admitted = checkWait(path)
    if (!admitted.ok) return admitted
    const turn = await waitForTurn(path, { arrived, abortSignal })
    const waitedMs = performance.now() - arrived
    metrics().passwordSeconds.observe({ step: 'waiting' }, waitedMs / 1000)
    if (!turn.ok) return turn
    const deadline = new AbortController()
    const late = new Promise<Result<never, Busy>>((resolve) => {
      deadline.signal.addEventListener('abort', () => resolve(err(toBusy(turns.runningSeconds()))))
    })
    const timer = setTimeout(() => deadline.abort(), Math.max(0, limitSeconds * 1000 - waitedMs))
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

  return { arrive, run, length: () => queue.size }
}

// Every route's bundle has a copy of this module, but the process has one queue.
const KEY = Symbol.for('taskward.passwordQueue')
const holder = globalThis as typeof globalThis & { [KEY]?: ReturnType<typeof createPasswordQueue> }

function passwordQueue() {
  if (holder[KEY]) return holder[KEY]
  // More than threads: while one request waits for the database, another hashes.
  const { bcryptCost, passwordWaitSeconds } = nodeEnv()
  const queue = createPasswordQueue(countHashingThreads() + countCores(), {
    usualSeconds: 2 * HASH_SECONDS * 2 ** (bcryptCost - BCRYPT_COST),
    waitSeconds: passwordWaitSeconds,
  })
  holder[KEY] = queue
  gauge('taskward_password_queue_length', queue.length)
  return queue
}

/** @returns the result of `work`; `BUSY` if its answer would come too late or the client has aborted */
export function queuePasswordWork<T, E>(
  request: QueuedRequest,
  work: Work<T, E>,
): Promise<Result<T, E | Busy>> {
  return passwordQueue().run(request, work)
}

/** Before Next.js, whose part of a request costs ten times as much as a refusal. @returns `BUSY` as `queuePasswordWork` */
export function admitPasswordRequest(arrival: Arrival): Result<{ leave: () => void }, Busy> {
  return passwordQueue().arrive(arrival)
}
