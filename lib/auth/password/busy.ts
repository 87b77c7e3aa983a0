import type { Failure } from '#lib/failure.ts'

export type Busy = Failure<'BUSY'>

const WRITE = 'write'

export function toBusy(seconds: number): Busy {
  return { code: 'BUSY', retryAfterSeconds: Math.max(1, Math.ceil(seconds)) }
}

/**
 * Work of the password queue asks this before it writes what its answer reports, and stops if it is true: the client has left,
 * or has been answered that it took too long. Otherwise the queue waits for the work, however late its answer is.
 */
export function isAbandoned(abortSignal: AbortSignal | undefined): boolean {
  if (abortSignal?.aborted) return true
  // An event, because every route's bundle has a copy of this module.
  abortSignal?.dispatchEvent(new Event(WRITE))
  return false
}

/** Calls `listener` when the work with this signal begins to write. */
export function onWrite(abortSignal: AbortSignal, listener: () => void): void {
  abortSignal.addEventListener(WRITE, listener)
}
