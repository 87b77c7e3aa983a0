'use client'

import { useEffect } from 'react'

/**
 * Loads the page again where its address holds a name and a password, as links to sites behind HTTP Basic do
 * (`https://name:password@…`): browsers refuse each `fetch` of such a page (Fetch, 5.4), so no form would reach the
 * server. They keep the credentials for the site.
 */
export function StripUrlCredentials() {
  useEffect(() => {
    const { username, password } = new URL(document.URL)
    // `location.href` leaves them out.
    if (username || password) window.location.replace(window.location.href)
  }, [])
  return null
}
