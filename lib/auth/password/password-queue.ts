import { BCRYPT_COST } from '#lib/auth/policy.ts'
import { countCores, countHashingThreads } from '#lib/env/cluster.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { gauge } from '#lib/metrics.ts'
import type { Result } from '#lib/result.ts'
import type { Busy } from './busy.ts'
import { type Arrival, createPasswordQueue, type Start, type Work } from './create-password-queue.ts'
import type { QueuedRequest } from './queue-path.ts'

/** Of one core, at the default cost. */
const HASH_SECONDS = 0.25

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

/** When Next.js is free for the request. @returns `BUSY` if it has waited too long for an answer in time */
export function checkPasswordRequest(start: Start): Result<null, Busy> {
  return passwordQueue().checkStart(start)
}
