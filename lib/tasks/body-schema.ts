import { z } from 'zod'
import { plainText, timeZoneSchema } from '#lib/text-schema.ts'
import { daysBefore } from '#lib/time.ts'
import { timeOfId } from '#lib/uuid.ts'
import { isDay } from './day.ts'
import { MAX_LABELS } from './quick/choose-tokens.ts'
import { repeatSchema } from './repeat/schema.ts'
import { createTaskSchema, type NewTask, type Optional } from './schema.ts'
import { toNfc } from './to-nfc.ts'

const LABEL_MAX_LENGTH = 50
/** How long a client may be offline with a new task. Ids also sort tasks by time. */
const MAX_ID_DAYS = 30

export const day = z
  .string('must be a day such as 2026-12-24')
  .refine(isDay, 'must be a day such as 2026-12-24')

/** As long as it is in NFC, since that is what is stored. */
export const label = z
  .string('must be text')
  .trim()
  .overwrite((text) => toNfc(text, LABEL_MAX_LENGTH))
  .pipe(plainText(LABEL_MAX_LENGTH).min(1, 'must not be empty'))

/** The fields that a client may set on a new task, as the API names them. */
export const createBodySchema = createTaskSchema.extend({
  list_id: z.uuid('must be the id of a list, or null for the Inbox').toLowerCase().nullable().optional(),
  due_on: day.nullable().optional(),
  due_time: z
    .string('must be a time such as 09:30')
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:30')
    .nullable()
    .optional(),
  due_zone: timeZoneSchema.nullable().optional(),
  start_on: day.nullable().optional(),
  priority: z.literal([0, 1, 2, 3], 'must be 1, 2, 3, or 0 for none').optional(),
  labels: z
    .array(label, 'must be a list of texts')
    .max(MAX_LABELS, `must be at most ${MAX_LABELS}`)
    .transform((labels) => [...new Set(labels)])
    .optional(),
  repeat: repeatSchema.optional(),
})

type Body = Optional<z.output<typeof createBodySchema>>

/** The fields under their names in the code. */
export function settableFields({ list_id, due_on, due_time, due_zone, start_on, ...fields }: Body) {
  return {
    ...fields,
    listId: list_id,
    dueOn: due_on,
    dueTime: due_time,
    dueZone: due_zone,
    startOn: start_on,
  }
}

export const newTaskBodySchema = createBodySchema.extend({
  id: z.unknown().transform(toChosenId).optional(),
})

export const newTaskSchema = newTaskBodySchema.transform(toNewTask)

export function toNewTask({ id, title, ...body }: z.output<typeof newTaskBodySchema>): NewTask {
  return { ...settableFields(body), title, id }
}

/** An id that cannot be a client's own new one is ignored, as all fields are that a client may not set. */
function toChosenId(id: unknown): string | undefined {
  const madeAt = typeof id === 'string' ? timeOfId(id) : null
  if (typeof id !== 'string' || !madeAt) return undefined
  const now = new Date()
  const isNew = madeAt >= daysBefore(now, MAX_ID_DAYS) && madeAt <= daysBefore(now, -1)
  return isNew ? id.toLowerCase() : undefined
}
