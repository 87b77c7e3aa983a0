import { z } from 'zod'
import { createBodySchema, settableFields } from '../create-schema.ts'

export const updateTaskSchema = createBodySchema
  .partial()
  .extend({
    is_completed: z.boolean('must be true or false').optional(),
    after_id: z.uuid('must be the id of a task, or null for the first place').nullable().optional(),
  })
  .transform(({ is_completed: isCompleted, after_id: afterId, ...body }) => {
    return { ...settableFields(body), isCompleted, afterId }
  })
