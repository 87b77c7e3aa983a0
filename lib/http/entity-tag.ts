import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'

const FIELD = 'If-Match'
const MAX_VERSION = 2 ** 31 - 1

/** RFC 9110, 8.8.3. Each alternative begins with another character, so matching takes linear time. */
const TAG = /(W\/)?"([!#-~\x80-\xff]*)"/
const ONE_TAG = new RegExp(TAG, 'g')
const TAG_LIST = new RegExp(`^[ \\t,]*${TAG.source}(?:[ \\t]*,[ \\t,]*${TAG.source})*[ \\t,]*$`)

export function entityTag(version: number): string {
  return `"${version}"`
}

/** RFC 9110, 13.1.1. @returns undefined for any version; `[]` if none can match; `BAD_REQUEST` for a malformed header */
export function versionsToMatch(headers: Headers): Result<number[] | undefined, Failure<'BAD_REQUEST'>> {
  const value = headers.get(FIELD)
  if (value === null || value === '*') return ok(undefined)
  if (!TAG_LIST.test(value)) {
    return err({
      code: 'BAD_REQUEST',
      details: [{ field: FIELD, issue: 'must be * or a list of entity tags' }],
    })
  }
  const versions = [...value.matchAll(ONE_TAG)].flatMap(([, weak, tag]) => (weak ? [] : toVersion(tag)))
  return ok(versions)
}

function toVersion(tag = ''): number[] {
  const version = /^[1-9]\d{0,9}$/.test(tag) ? Number(tag) : 0
  return version >= 1 && version <= MAX_VERSION ? [version] : []
}
