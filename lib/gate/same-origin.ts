import { edgeEnv } from '#lib/env/edge.ts'

/** Names of the loopback interface, where browsers trust plain http (Secure Contexts, 3.1). */
const LOOPBACK = /^(localhost|[\w.-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])\.?(:\d+)?$/i

/**
 * Whether a request that can change something comes from this site's own pages (contract 2.7). Browsers set both
 * headers themselves; what sends neither is no browser and has no business with cookies.
 */
export function isSameOrigin(headers: Headers): boolean {
  const origin = headers.get('origin')
  if (origin === edgeEnv().appUrl.origin) return true
  if (headers.get('sec-fetch-site') !== 'same-origin') return false
  // Own forms have the origin "null" under a proxy's `Referrer-Policy: no-referrer` (Fetch, 3.2.1). Sandboxed pages and
  // `data:` have it too, but they are "cross-site".
  if (origin === null || origin === 'null') return true
  return isOwnHost(headers, origin)
}

/** Whether a form was sent by this site's own page. Browsers send an origin with each; Next runs forms without one. */
export function isSameOriginForm(headers: Headers): boolean {
  return headers.has('origin') && isSameOrigin(headers)
}

/**
 * Why a form is refused. Browsers send no Fetch Metadata to plain http off loopback, so the server cannot accept a form
 * of a page that was opened under another name than that of `APP_URL`. It can name the right address.
 */
export function classifyForeignForm(headers: Headers): 'FOREIGN_FORM' | 'WRONG_ADDRESS' {
  return isOwnHost(headers, headers.get('origin') ?? '') ? 'WRONG_ADDRESS' : 'FOREIGN_FORM'
}

/**
 * The origin of this site, for a page that was probably opened at an address where its forms will be refused; else null.
 * A proxy may have replaced the host, so a browser that sends Fetch Metadata counts as being at the right one.
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
 * Whether a browser says that another site asks for something to embed or to read (Fetch Metadata), be it a page of a
 * neighbouring subdomain. Following a link from there is a visit, and clients without such headers are none of these.
 */
export function isCrossOriginLoad(headers: Headers): boolean {
  if (headers.has('origin')) return !isSameOrigin(headers)
  const site = headers.get('sec-fetch-site')
  const isOurs = site === null || site === 'same-origin' || site === 'none'
  return !isOurs && headers.get('sec-fetch-mode') !== 'navigate'
}
