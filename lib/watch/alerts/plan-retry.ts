import { secondsLater } from '#lib/time.ts'

/** After the tenth failure, a day after the first, an alert is given up. */
const MOST_ATTEMPTS = 10
const FIRST_WAIT_SECONDS = 10
const GROWTH = 3

/**
 * When to try again after so many failed attempts: 10 s, then three times as long each time, less up to a quarter at
 * random, so that what failed together does not come back together.
 * @returns null when it is time to give up
 */
export function planRetry(attempts: number, now: Date, random = Math.random()): Date | null {
  if (attempts >= MOST_ATTEMPTS) return null
  const seconds = FIRST_WAIT_SECONDS * GROWTH ** (attempts - 1) * (1 - random / 4)
  return secondsLater(now, seconds)
}
