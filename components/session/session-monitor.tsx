'use client'

import { useEffect } from 'react'
import { joinChannel, leaveInTurn, SESSION_CHANNEL } from '#components/browser/optional-apis.ts'
import { submitNatively } from '#components/form/submit-natively.ts'
import { collectUnsaved } from '#components/form/unsaved-forms.ts'
import { DRAFT_PATH } from '#lib/gate/log-in-path.ts'

const LEAVING = 'taskward.leaving'

/**
 * Leaves a signed-in page whose session has ended, or whose browser has logged in to another account. Checks when the tab
 * becomes visible and when another tab reports a change. The server keeps typed text as a draft for the account
 * (docs/decisions/0032-sessions-that-end-while-typing.md).
 */
export function SessionMonitor({ userId }: { userId: string }) {
  useEffect(() => {
    async function check() {
      const answer = await fetch('/api/auth/me', { cache: 'no-store' }).catch(() => null)
      if (answer?.status === 401) leave(() => window.location.replace(`/login${nextParameter()}`))
      // This browser has since logged in to another account.
      else if (answer?.ok && (await answer.json()).user_id !== userId) leave(() => window.location.reload())
    }
    function checkVisible() {
      if (document.visibilityState === 'visible') void check()
    }
    function checkOther({ data }: MessageEvent) {
      if (data !== userId) void check()
    }
    // A page from the back-forward cache may show data of an ended session.
    function reloadRestored({ persisted }: PageTransitionEvent) {
      if (persisted) window.location.reload()
    }
    const channel = joinChannel(SESSION_CHANNEL, checkOther)
    channel.post(userId)
    document.addEventListener('visibilitychange', checkVisible)
    window.addEventListener('pageshow', reloadRestored)
    return () => {
      channel.close()
      document.removeEventListener('visibilitychange', checkVisible)
      window.removeEventListener('pageshow', reloadRestored)
    }
  }, [userId])
  return null
}

/**
 * Posts typed text as drafts, which leads to the log-in page; without typed text it calls `navigate`. Tabs take turns,
 * because each needs the draft cookie that the tab before it received.
 */
function leave(navigate: () => void) {
  const unsaved = collectUnsaved()
  if (unsaved) leaveInTurn(LEAVING, () => submitNatively(unsaved, DRAFT_PATH + nextParameter()))
  else navigate()
}

function nextParameter(): string {
  const here = window.location.pathname + window.location.search
  return `?next=${encodeURIComponent(here)}`
}
