'use client'

import { useEffect, useState } from 'react'
import { isOffline } from '#components/browser/optional-apis.ts'

/** Stays on the page when a link is clicked without a network: the browser would show its error page, without what was typed. */
export function OfflineNotice() {
  const [isShown, setShown] = useState(false)

  useEffect(() => {
    const left = new AbortController()
    const { signal } = left
    function stay(event: MouseEvent) {
      const link = event.target instanceof Element && event.target.closest('a')
      if (!link || link.hash || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      if (link.origin !== window.location.origin || !isOffline()) return
      event.preventDefault()
      setShown(true)
    }
    // Before the router's own listener.
    document.addEventListener('click', stay, { capture: true, signal })
    window.addEventListener('online', () => setShown(false), { signal })
    return () => left.abort()
  }, [])

  return (
    isShown && (
      <p role="alert" className="offline-notice">
        You’re offline, so this page stays open. Try again once you’re online.
      </p>
    )
  )
}
