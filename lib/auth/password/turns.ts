export type Turn = { begun: number }

const NEWEST_WEIGHT = 0.1
/** A request counts as at most so many times the mean, because the first ones of a process load code. */
const OUTLIER = 4

/** The requests that run, and how long one takes by those and by earlier ones. */
export function trackTurns(meanSeconds: number) {
  const running = new Set<Turn>()
  let mean = meanSeconds

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
    return Math.min((performance.now() - begun) / 1000, OUTLIER * mean)
  }

  /** A storm slows all that run, before one of them ends and counts for the mean. */
  function expectedSeconds(): number {
    if (running.size === 0) return mean
    const seconds = [...running].map((turn) => Math.max(mean, secondsOf(turn)))
    return seconds.reduce((sum, each) => sum + each) / running.size
  }

  return { begin, end, expectedSeconds, count: () => running.size }
}
