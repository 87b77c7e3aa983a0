'use client'

import { useEffect } from 'react'
import { joinChannel, SESSION_CHANNEL } from '#components/browser/optional-apis.ts'
import { checkSession } from './check-session.ts'

/**
 * Leaves a signed-in page whose session has ended, or whose browser has logged in to another account. Checks when the tab
 * becomes visible and when another tab reports a change. The server keeps typed text as a draft for the account
 * (docs/decisions/0032-sessions-that-end-while-typing.md).
 */
export function SessionMonitor({ userId }: { userId: string }) {
  useEffect(() => {
    function checkVisible() {
      if (document.visibilityState === 'visible') void checkSession(userId)
    }
    function checkOther({ data }: MessageEvent) {
      if (data !== userId) void checkSession(userId)
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
