import { secondsLater } from '#lib/time.ts'

const FIRST_WAIT_SECONDS = 30
const LONGEST_WAIT_SECONDS = 2 * 60 * 60

/** After 30 s, then twice as long each time up to 2 h, less a random quarter to spread retries. */
export function planRetry(
  attempts: number,
  { now, random = Math.random() }: { now: Date; random?: number | undefined },
): Date {
  const seconds = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** (attempts - 1))
  return secondsLater(now, seconds * (1 - random / 4))
}
