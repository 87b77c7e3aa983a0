/** More than any page or endpoint reads. */
const MAX_QUERY_PARTS = 50
/** What a URL parser resolves: `.` and `..`, encoded as well, between slashes of either kind. */
const DOT_SEGMENT = /(^|[\\/])(\.|%2e){1,2}(?=[\\/#]|$)/i
/** An endpoint's path, in every spelling that Next redirects to it. */
const API_PATH = /^[\\/]+api[\\/]+[^\\/]/

/**
 * A request target that Next can read, the same path and query where it can.
 * - To `*` (RFC 9112, 3.2.4) and to percent signs that encode no UTF-8 it answers 500, without a log line: they become
 *   literal, and so a path of nothing.
 * - The absolute form (RFC 9112, 3.2.2) it redirects to itself: the origin goes, for there is only one.
 * - Its time grows with the square of a query's parts (3,000 of them, 12 KB, took four seconds): the surplus goes.
 * - Dot segments (RFC 3986, 5.2.4) it resolves, only later: the log, the counters and the checks of static files would see
 *   `/_next/static/../../tasks` as a file.
 * - A path with repeated or trailing slashes it redirects. No browser follows that for a preflight (Fetch, 4.8), and no
 *   page for a call of another origin's API: the slashes go, unless a visit to a page can follow.
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

/** Next takes a backslash for a slash. */
function withoutSurplusSlashes(path: string): string {
  return path.replace(/[\\/]+/g, '/').replace(/(?<=.)\/$/, '')
}

function cut(query: string): string {
  return query.split('&', MAX_QUERY_PARTS).join('&')
}
