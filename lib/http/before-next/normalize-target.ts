const MAX_QUERY_PARTS = 50
/** `.` and `..`, encoded as well, between slashes of either kind: URL parsers resolve them. */
const DOT_SEGMENT = /(^|[\\/])(\.|%2e){1,2}(?=[\\/#]|$)/i
/** An endpoint's path in every spelling that Next.js redirects. */
const API_PATH = /^[\\/]+api[\\/]+[^\\/]/

/**
 * Rewrites a request target that Next.js cannot handle:
 * - `*` (RFC 9112, 3.2.4) and percent signs that encode no UTF-8 become literal: Next.js would answer 500.
 * - The absolute form (RFC 9112, 3.2.2) would be redirected to itself. Its origin is dropped.
 * - Parsing takes the square of a query's parts (3,000 took four seconds). Parts after the 50th are dropped.
 * - Dot segments (RFC 3986, 5.2.4) are resolved: the checks would treat `/_next/static/../../tasks` as a file.
 * - Surplus slashes are dropped except on visits: a preflight follows no redirect (Fetch, 4.8).
 */
export function normalizeTarget(target: string, method = 'GET'): string {
  const relative = target.replace(/^https?:\/\/[^/?]*/i, '')
  const [path = '', query] = splitAtFirst(relative, '?')
  const written = path === '*' ? '/*' : withoutDotSegments(toReadablePath(path || '/'))
  const isVisit = (method === 'GET' || method === 'HEAD') && !API_PATH.test(written)
  const readable = isVisit ? written : withoutSurplusSlashes(written)
  return query === undefined ? readable : `${readable}?${cut(query)}`
}

function splitAtFirst(text: string, mark: string): string[] {
  const at = text.indexOf(mark)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + mark.length)]
}

function toReadablePath(path: string): string {
  try {
    decodeURIComponent(path)
    return path
  } catch {
    return path.replaceAll('%', '%25')
  }
}

function withoutDotSegments(path: string): string {
  return DOT_SEGMENT.test(path) ? new URL(`http://origin.invalid${path}`).pathname : path
}

/** Next.js treats a backslash as a slash. */
function withoutSurplusSlashes(path: string): string {
  return path.replace(/[\\/]+/g, '/').replace(/(?<=.)\/$/, '')
}

function cut(query: string): string {
  return query.split('&', MAX_QUERY_PARTS).join('&')
}
