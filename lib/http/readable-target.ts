/** More than any page or endpoint reads. */
const MAX_QUERY_PARTS = 50

/**
 * A request target that Next can read, the same path and query where it can.
 * - To `*` (RFC 9112, 3.2.4) and to percent signs that encode no UTF-8 it answers 500, without a log line: they become
 *   literal, and so a path of nothing.
 * - The absolute form (RFC 9112, 3.2.2) it redirects to itself: the origin goes, for there is only one.
 * - Its time grows with the square of a query's parts (3,000 of them, 12 KB, took four seconds): the surplus goes.
 */
export function toReadableTarget(target: string): string {
  const relative = target.replace(/^https?:\/\/[^/?]*/i, '')
  const [path = '', query] = splitAtFirst(relative, '?')
  const readable = path === '*' ? '/*' : toReadablePath(path || '/')
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

function cut(query: string): string {
  return query.split('&', MAX_QUERY_PARTS).join('&')
}
