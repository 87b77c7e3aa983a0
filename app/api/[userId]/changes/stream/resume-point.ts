import { z } from 'zod'
import type { Failure } from '#lib/failure.ts'
import { parse } from '#lib/http/parse.ts'
import { ok, type Result } from '#lib/result.ts'

const FIELD = 'Last-Event-ID'

const eventId = z.object({
  [FIELD]: z
    .string()
    .regex(/^\d{1,15}$/, 'must be the id of an event of this stream')
    .transform(Number),
})

/** Where to resume. A client that reconnects sends the header, with the parameter of its first request. */
export function resumePoint(
  headers: Headers,
  since: number | undefined,
): Result<number | undefined, Failure<'BAD_REQUEST'>> {
  const value = headers.get(FIELD)
  if (!value) return ok(since)
  const parsed = parse(eventId, { [FIELD]: value })
  return parsed.ok ? ok(parsed.value[FIELD]) : parsed
}
