import { secondsLater } from '#lib/time.ts'

const MAX_ATTEMPTS = 10
const FIRST_WAIT_SECONDS = 10
const GROWTH = 3

/** After 10 s, then three times as long each time, less a random quarter to spread retries. Null: give up. */
export function planRetry(
  attempts: number,
  { now, random = Math.random() }: { now: Date; random?: number | undefined },
): Date | null {
  if (attempts >= MAX_ATTEMPTS) return null
  const seconds = FIRST_WAIT_SECONDS * GROWTH ** (attempts - 1) * (1 - random / 4)
  return secondsLater(now, seconds)
}
