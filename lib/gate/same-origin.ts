import { edgeEnv } from '#lib/env/edge.ts'

/** Names of the loopback interface, where browsers trust plain http (Secure Contexts, 3.1). */
const LOOPBACK = /^(localhost|[\w.-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])\.?(:\d+)?$/i

/** Browsers set both headers. A client that sends neither is not a browser, and may not act on cookies. */
export function isSameOrigin(headers: Headers): boolean {
  const origin = headers.get('origin')
  if (origin === edgeEnv().appUrl.origin) return true
  if (headers.get('sec-fetch-site') !== 'same-origin') return false
  // Behind `Referrer-Policy: no-referrer` forms have "null" (Fetch, 3.2.1). Sandboxed pages too, but as "cross-site".
  if (origin === null || origin === 'null') return true
  return isOwnHost(headers, origin)
}

/** Browsers send an origin with every form. Next.js would run a form without one. */
export function isSameOriginForm(headers: Headers): boolean {
  return headers.has('origin') && isSameOrigin(headers)
}

/** Without Fetch Metadata (plain http) the server cannot accept a form of another address, but can name its own. */
export function classifyForeignForm(headers: Headers): 'FOREIGN_FORM' | 'WRONG_ADDRESS' {
  return isOwnHost(headers, headers.get('origin') ?? '') ? 'WRONG_ADDRESS' : 'FOREIGN_FORM'
}

/** Null at the right address, and with Fetch Metadata: a proxy may replace the host. */
export function getCanonicalAddress(headers: Headers): string | null {
  const { host, origin } = edgeEnv().appUrl
  const here = headers.get('host')?.toLowerCase() ?? host
  const isHome = headers.has('sec-fetch-site') || here === host || LOOPBACK.test(here)
  return isHome ? null : origin
}

/** The page was opened under another name of this server, such as 127.0.0.1 for localhost. */
function isOwnHost(headers: Headers, origin: string): boolean {
  return origin !== '' && origin.replace(/^https?:\/\//, '') === headers.get('host')
}

/** True if a page of another origin embeds or fetches the resource (Fetch Metadata); false for a followed link. */
export function isCrossOriginLoad(headers: Headers): boolean {
  if (headers.has('origin')) return !isSameOrigin(headers)
  const site = headers.get('sec-fetch-site')
  const isOurs = site === null || site === 'same-origin' || site === 'none'
  return !isOurs && headers.get('sec-fetch-mode') !== 'navigate'
}
