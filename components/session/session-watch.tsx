'use client'

import { useEffect } from 'react'

const CHANNEL = 'taskward.session'

/** On every page behind the gate: leaves it as soon as another tab, or another device, has ended this session. */
export function SessionWatch({ userId }: { userId: string }) {
  useEffect(() => {
    async function check() {
      const answer = await fetch('/api/auth/me', { cache: 'no-store' }).catch(() => null)
      if (answer?.status === 401) leave()
      // Somebody else has logged in here meanwhile.
      else if (answer?.ok && (await answer.json()).user_id !== userId) window.location.reload()
    }
    function checkVisible() {
      if (document.visibilityState === 'visible') void check()
    }
    // A page out of the back-forward cache is a picture of the past.
    function reloadRestored({ persisted }: PageTransitionEvent) {
      if (persisted) window.location.reload()
    }
    const channel = new BroadcastChannel(CHANNEL)
    channel.addEventListener('message', check)
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

/** On the log-in page: tells the other tabs to look whether they are still signed in. */
export function SessionChanged() {
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL)
    channel.postMessage('changed')
    channel.close()
  }, [])
  return null
}

function leave() {
  const here = window.location.pathname + window.location.search
  window.location.replace(`/login?next=${encodeURIComponent(here)}`)
}
