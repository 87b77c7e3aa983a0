'use client'

import { useEffect, useState } from 'react'
import { isOffline } from '#components/browser/optional-apis.ts'

const STAY = 'taskward:stay'

/** Shows the notice if the browser is offline. @returns whether the page has to stay open */
export function mustStay(): boolean {
  const isStaying = isOffline()
  if (isStaying) document.dispatchEvent(new Event(STAY))
  return isStaying
}

/**
 * Stays on the page when a link, a shortcut or a form would leave it without a network: the browser would show its error
 * page, without what was typed.
 */
export function OfflineNotice() {
  const [isShown, setShown] = useState(false)

  useEffect(() => {
    const left = new AbortController()
    const { signal } = left
    function stay(event: MouseEvent) {
      const link = event.target instanceof Element && event.target.closest('a')
      if (!link || link.hash || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      if (link.origin === window.location.origin && mustStay()) event.preventDefault()
    }
    // Other forms are sent by their handlers, and show the failure themselves.
    function keepForm(event: SubmitEvent) {
      if (!event.defaultPrevented && mustStay()) event.preventDefault()
    }
    // Before the router's own listener.
    document.addEventListener('click', stay, { capture: true, signal })
    // After React's own listener.
    window.addEventListener('submit', keepForm, { signal })
    document.addEventListener(STAY, () => setShown(true), { signal })
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
