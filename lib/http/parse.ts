import type { z } from 'zod'
import type { Failure, FieldIssue } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'

/** For issues that the schema has no words for: those of zod are for developers. */
function describeUnnamed({ input }: { input?: unknown }): string {
  return input === undefined ? 'is missing' : 'is not valid'
}

/** @returns the parsed input, or `BAD_REQUEST` with every invalid field */
export function parse<S extends z.ZodType>(
  schema: S,
  input: unknown,
): Result<z.output<S>, Failure<'BAD_REQUEST'> & { details: FieldIssue[] }> {
  const parsed = schema.safeParse(input, { error: describeUnnamed })
  if (parsed.success) return ok(parsed.data)
  const details = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), issue: message }))
  return err({ code: 'BAD_REQUEST' as const, details })
}
