import { z } from 'zod'
import { createBodySchema, settableFields } from '#lib/tasks/body-schema.ts'
import type { TaskChanges } from '#lib/tasks/schema.ts'

export const updateBodySchema = createBodySchema.partial().extend({
  is_completed: z.boolean('must be true or false').optional(),
  after_id: z.uuid('must be the id of a task, or null for the first place').nullable().optional(),
})

export const updateTaskSchema = updateBodySchema.transform(toTaskChanges)

export function toTaskChanges({
  is_completed: isCompleted,
  after_id: afterId,
  ...body
}: z.output<typeof updateBodySchema>): TaskChanges {
  return { ...settableFields(body), isCompleted, afterId }
}
