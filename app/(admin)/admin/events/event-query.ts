import { z } from 'zod'
import { EVENT_TYPES } from '#lib/audit/catalogue.ts'
import { describeIssue } from '#lib/describe-issue.ts'
import { addressSchema } from '#lib/http/address-schema.ts'
import { pagingSchema } from '#lib/page.ts'
import { plainText } from '#lib/text-schema.ts'

const MAX_NAME_LENGTH = 254
const LOCAL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/

/** The value of a `datetime-local` field, as UTC. */
const utcTime = z
  .string()
  .refine((text) => LOCAL_TIME.test(text) && !Number.isNaN(Date.parse(`${text}Z`)), 'Enter a day and a time.')
  .transform((text) => new Date(`${text}Z`))

const fields = z.object({
  kind: z.enum(EVENT_TYPES, 'Choose a kind from the list.').optional(),
  user: plainText(MAX_NAME_LENGTH).optional(),
  address: addressSchema.optional(),
  outcome: z.enum(['success', 'failure'], 'Choose an outcome from the list.').optional(),
  from: utcTime.optional(),
  to: utcTime.optional(),
  cursor: pagingSchema.shape.cursor.catch(undefined),
})

const schema = fields.refine(({ from, to }) => !from || !to || from < to, {
  path: ['to'],
  error: 'Enter a time after “From”.',
})

export type EventQuery = z.output<typeof schema>
type Field = keyof EventQuery

/** The page's query string: the filters as typed, and what they mean (`query`) or what is wrong with them (`errors`). */
export function readEventQuery(params: Record<string, string | string[] | undefined>) {
  const typed: Partial<Record<Field, string>> = {}
  for (const field of fields.keyof().options) {
    const value = params[field]
    if (typeof value === 'string' && value.trim() !== '') typed[field] = value
  }
  const parsed = schema.safeParse(typed)
  const errors: Partial<Record<Field, string>> = {}
  for (const { path, message } of parsed.error?.issues ?? []) {
    const field = path[0] as Field
    errors[field] = describeIssue({ field, issue: message }).issue
  }
  return { typed, errors, query: parsed.data ?? null }
}

export function eventsPath(filters: Partial<Record<Field, string | undefined>>): string {
  const given = Object.entries(filters).filter((entry): entry is [string, string] => Boolean(entry[1]))
  return given.length > 0 ? `/admin/events?${new URLSearchParams(given)}` : '/admin/events'
}
