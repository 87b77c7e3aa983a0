import { toSafeText } from '#lib/audit/safe-text.ts'

const MAX_LENGTH = 200
/** A UUID has 36 characters, every token of this application 43 or more. */
const LONG_SEGMENT = /[^/.]{37,}/g

/** The path for logs: without the query, without terminal control characters, and without segments as long as a token. */
export function redactPath(target: string): string {
  const [path = ''] = target.split(/[?#]/, 1)
  return toSafeText(path.replace(LONG_SEGMENT, '[long]'), MAX_LENGTH)
}
