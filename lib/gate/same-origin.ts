import { edgeEnv } from '#lib/env/edge.ts'

/** Names of the loopback interface, where browsers trust plain http (Secure Contexts, 3.1). */
const LOOPBACK = /^(localhost|[\w.-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])\.?(:\d+)?$/i

/**
 * Whether a page of this site sent a request that can change something. Browsers set both headers themselves, so a client
 * that sends neither is not a browser and may not act on cookies.
 */
export function isSameOrigin(headers: Headers): boolean {
  const origin = headers.get('origin')
  if (origin === edgeEnv().appUrl.origin) return true
  if (headers.get('sec-fetch-site') !== 'same-origin') return false
  // Forms of this site have the origin "null" behind a proxy's `Referrer-Policy: no-referrer` (Fetch, 3.2.1). Sandboxed
  // pages and `data:` have it too, but they are "cross-site".
  if (origin === null || origin === 'null') return true
  return isOwnHost(headers, origin)
}

/** Browsers send an origin with every form. Next.js would run a form without one. */
export function isSameOriginForm(headers: Headers): boolean {
  return headers.has('origin') && isSameOrigin(headers)
}

/**
 * Why a form is refused. Browsers send no Fetch Metadata over plain http except to loopback. So the server cannot accept
 * a form of a page that was opened under another name than that of `APP_URL`, but it can name the right address.
 */
export function classifyForeignForm(headers: Headers): 'FOREIGN_FORM' | 'WRONG_ADDRESS' {
  return isOwnHost(headers, headers.get('origin') ?? '') ? 'WRONG_ADDRESS' : 'FOREIGN_FORM'
}

/**
 * The origin of this site if the page was probably opened at an address where its forms are refused; else null. A proxy
 * may replace the host, so a browser that sends Fetch Metadata counts as being at the right address.
 */
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

/**
 * Whether a page of another origin embeds or fetches the resource (Fetch Metadata). A link that the user follows there
 * is a visit and does not count, nor does a client without these headers.
 */
export function isCrossOriginLoad(headers: Headers): boolean {
  if (headers.has('origin')) return !isSameOrigin(headers)
  const site = headers.get('sec-fetch-site')
  const isOurs = site === null || site === 'same-origin' || site === 'none'
  return !isOurs && headers.get('sec-fetch-mode') !== 'navigate'
}
