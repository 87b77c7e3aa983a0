export type Turn = { begun: number }

const NEWEST_WEIGHT = 0.1
/** A request counts as at most so many times what is usual, because the first ones of a process load code. */
const OUTLIER = 4

/** @param time as `performance.now()` */
export function secondsSince(time: number): number {
  return (performance.now() - time) / 1000
}

/**
 * The requests that run, and how long one takes by those and by earlier ones.
 * @param usualSeconds what a request with a hash takes, until some were measured. Those without one lower the mean
 */
export function trackTurns(usualSeconds: number) {
  const running = new Set<Turn>()
  let mean = usualSeconds

  function begin(): Turn {
    const turn = { begun: performance.now() }
    running.add(turn)
    return turn
  }

  function end(turn: Turn): void {
    running.delete(turn)
    mean += (secondsOf(turn) - mean) * NEWEST_WEIGHT
  }

  function secondsOf({ begun }: Turn): number {
    return Math.min(secondsSince(begun), OUTLIER * ownSeconds())
  }

  /** What a request takes from its turn on. */
  function ownSeconds(): number {
    return Math.max(mean, usualSeconds)
  }

  /**
   * The mean of those that run: each counts as what the mean is, or with its time until now if that is longer. A storm slows
   * them before one of them ends.
   */
  function runningSeconds(): number {
    if (running.size === 0) return mean
    const seconds = [...running].map((turn) => Math.max(mean, secondsOf(turn)))
    return seconds.reduce((sum, each) => sum + each) / running.size
  }

  return { begin, end, ownSeconds, runningSeconds, count: () => running.size }
}
