import type { SessionState } from '#components/session/check-session.ts'
import { MINUTE_MS } from '#lib/time.ts'
import { followChanges } from './follow-changes.ts'
import { observeAnswers } from './observe-answers.ts'

/** Changes of one moment are shown together. */
const DELAY_MS = 50
const INTERVAL_MS = 500
/** Until a server that did not answer is asked again. */
const RETRY_MS = 5_000
/** From the answer to a form until the page shows it, with all changes up to its own. */
const SETTLE_MS = 1_000

type LivePage = {
  userId: string
  /** The number of the last change that the page shows. */
  shownSeq: () => number
  /** When the day ends that the page shows as today, by this browser's clock. */
  dayEnds: () => number
  /** Loads the page's data again. Forms keep what was typed. */
  refresh: () => void
  checkSession: () => Promise<SessionState>
}

/**
 * Refreshes a page after changes that it does not show and when its day has ended, as soon as it is visible and the server
 * answers: the router replaces a page whose refresh fails by the browser's error page.
 * @returns ends it
 */
export function showChanges({ userId, shownSeq, dayEnds, refresh, checkSession }: LivePage): () => void {
  const answers = observeAnswers()
  let last = shownSeq()
  let refreshedAt = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined
  let isOver = false

  function plan() {
    timer ??= setTimeout(update, Math.max(DELAY_MS, refreshedAt + INTERVAL_MS - performance.now()))
  }

  const isDue = () =>
    (last > shownSeq() || Date.now() >= dayEnds()) && document.visibilityState === 'visible' && !isOver
  const isSettled = () => performance.now() - answers.lastAt() >= SETTLE_MS

  async function update() {
    const session = isDue() && isSettled() ? await checkSession() : null
    timer = undefined
    if (!isDue() || session === 'ended') return
    if (!isSettled()) return plan()
    if (session !== 'active') {
      timer = setTimeout(update, RETRY_MS)
      return
    }
    refreshedAt = performance.now()
    refresh()
  }

  const onChange = (seq: number) => {
    last = seq
    plan()
  }
  const leave = followChanges({ userId, since: last, onChange, checkSession })
  document.addEventListener('visibilitychange', plan)
  const clock = setInterval(plan, MINUTE_MS)
  return () => {
    isOver = true
    leave()
    answers.stop()
    document.removeEventListener('visibilitychange', plan)
    clearTimeout(timer)
    clearInterval(clock)
  }
}
