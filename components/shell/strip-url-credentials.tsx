'use client'

import { useEffect } from 'react'

/**
 * Reloads a page whose URL contains credentials (`https://name:password@…`), without them. Browsers refuse every `fetch`
 * of such a page (Fetch, 5.4), so no form would work. They keep the credentials for HTTP Basic.
 */
export function StripUrlCredentials() {
  useEffect(() => {
    const { username, password } = new URL(document.URL)
    // `location.href` omits the credentials.
    if (username || password) window.location.replace(window.location.href)
  }, [])
  return null
}
