import { edgeEnv } from '#lib/env/edge'

/**
 * Whether a request that can change something comes from this site's own pages (contract 2.7). Browsers set both
 * headers themselves; what sends neither is no browser and has no business with cookies.
 */
export function isSameOrigin(headers: Headers): boolean {
  const origin = headers.get('origin')
  if (origin === edgeEnv().appUrl.origin) return true
  if (headers.get('sec-fetch-site') !== 'same-origin') return false
  // The page was opened under another name of this server, such as 127.0.0.1 for localhost.
  return origin === null || origin.replace(/^https?:\/\//, '') === headers.get('host')
}

/** Whether somebody is on the way to a page, be it by a link on another site. Browsers that don't say so count as well. */
export function isNavigation(headers: Headers): boolean {
  return (headers.get('sec-fetch-mode') ?? 'navigate') === 'navigate'
}
