/** More than any page or endpoint reads. */
const MAX_QUERY_PARTS = 50

/**
 * A request target that Next can read, the same path and query where it can.
 * - It answers 500, without a log line, to `*` (RFC 9112, 3.2.4) and to percent signs that encode no UTF-8: those
 *   become literal, and so a path of nothing.
 * - Its time grows with the square of a query's parts (3,000 of them, 12 KB, took four seconds): the surplus goes.
 */
export function toReadableTarget(target: string): string {
  if (target === '*') return '/*'
  const mark = target.indexOf('?')
  if (mark < 0) return toReadablePath(target)
  return `${toReadablePath(target.slice(0, mark))}?${cut(target.slice(mark + 1))}`
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
