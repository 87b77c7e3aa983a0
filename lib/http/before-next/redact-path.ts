import { toSafeText } from '#lib/audit/safe-text.ts'

const MAX_LENGTH = 200
/** A UUID has 36 characters; every token that the application gives out has 43 or more. */
const LONG_SEGMENT = /[^/.]{37,}/g

/**
 * The path of a request target as it may stand in a log: no query, nothing that acts in a terminal, and no part
 * that is long enough to be a token which somebody put there.
 */
export function redactPath(target: string): string {
  const [path = ''] = target.split(/[?#]/, 1)
  return toSafeText(path.replace(LONG_SEGMENT, '[long]'), MAX_LENGTH)
}
