'use client'

import { useEffect } from 'react'
import { joinChannel, leaveInTurn } from '#components/browser/optional-apis.ts'
import { submitNatively } from '#components/form/submit-natively.ts'
import { collectUnsaved } from '#components/form/unsaved-forms.ts'
import { DRAFT_PATH } from '#lib/gate/log-in-path.ts'

const CHANNEL = 'taskward.session'
const LEAVING = 'taskward.leaving'

/**
 * On every page behind the gate: names its account to the other tabs, and leaves the page as soon as another tab, or
 * another device, has ended this session or replaced it by one of another account. What was typed there is kept for its
 * account (docs/decisions/0032-sessions-that-end-while-typing.md).
 */
export function SessionMonitor({ userId }: { userId: string }) {
  useEffect(() => {
    async function check() {
      const answer = await fetch('/api/auth/me', { cache: 'no-store' }).catch(() => null)
      if (answer?.status === 401) leave(() => window.location.replace(`/login${returnHere()}`))
      // Another account has logged in here meanwhile.
      else if (answer?.ok && (await answer.json()).user_id !== userId) leave(() => window.location.reload())
    }
    function checkVisible() {
      if (document.visibilityState === 'visible') void check()
    }
    function checkOther({ data }: MessageEvent) {
      if (data !== userId) void check()
    }
    // A page out of the back-forward cache is a picture of the past.
    function reloadRestored({ persisted }: PageTransitionEvent) {
      if (persisted) window.location.reload()
    }
    const channel = joinChannel(CHANNEL, checkOther)
    channel.post(userId)
    document.addEventListener('visibilitychange', checkVisible)
    window.addEventListener('pageshow', reloadRestored)
    return () => {
      channel.leave()
      document.removeEventListener('visibilitychange', checkVisible)
      window.removeEventListener('pageshow', reloadRestored)
    }
  }, [userId])
  return null
}

/** On the log-in page: has the other tabs check whether they are still signed in. */
export function SessionChangeBroadcast() {
  useEffect(() => {
    const channel = joinChannel(CHANNEL)
    channel.post('changed')
    channel.leave()
  }, [])
  return null
}

/**
 * Leaves the page with its text as drafts, or by `otherwise` where no text was typed. Tabs take turns, so that each sends the
 * cookie that the last one received.
 */
function leave(otherwise: () => void) {
  const unsaved = collectUnsaved()
  if (unsaved) leaveInTurn(LEAVING, () => submitNatively(unsaved, DRAFT_PATH + returnHere()))
  else otherwise()
}

function returnHere(): string {
  const here = window.location.pathname + window.location.search
  return `?next=${encodeURIComponent(here)}`
}
