/** A process that ran longer counts as healthy. */
const HEALTHY_MS = 60_000
const MAX_DELAY_MS = 30_000

/** The first restart is immediate, so that a kill costs no service. Then 1 s, 2 s, 4 s … 30 s, so that a crash loop is no busy loop. */
export function planRestart(failures: number, ranMs: number): { failures: number; delayMs: number } {
  const before = ranMs > HEALTHY_MS ? 0 : failures
  return {
    failures: before + 1,
    delayMs: before === 0 ? 0 : Math.min(MAX_DELAY_MS, 500 * 2 ** before),
  }
}
