import { z } from 'zod'
import { profileSchema } from '#lib/auth/schema.ts'
import { isDay } from '#lib/tasks/day.ts'
import { repeatSchema } from '#lib/tasks/repeat/schema.ts'
import { createTaskSchema, type NewTask, type Optional } from '#lib/tasks/schema.ts'
import { plainText } from '#lib/text-schema.ts'

const MAX_LABELS = 20
const LABEL_MAX_LENGTH = 50

export const day = z
  .string('must be a day such as 2026-12-24')
  .refine(isDay, 'must be a day such as 2026-12-24')

export const label = plainText(LABEL_MAX_LENGTH).min(1, 'must not be empty')

/** The fields that a client may set on a new task, as the API names them. */
export const createBodySchema = createTaskSchema.extend({
  list_id: z.uuid('must be the id of a list, or null for the Inbox').toLowerCase().nullable().optional(),
  due_on: day.nullable().optional(),
  due_time: z
    .string('must be a time such as 09:30')
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:30')
    .nullable()
    .optional(),
  due_zone: profileSchema.shape.time_zone.nullable().optional(),
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
  id: z.uuidv7('must be a version 7 UUID').toLowerCase().optional(),
})

export const newTaskSchema = newTaskBodySchema.transform(toNewTask)

export function toNewTask({ id, title, ...body }: z.output<typeof newTaskBodySchema>): NewTask {
  return { ...settableFields(body), title, id }
}
