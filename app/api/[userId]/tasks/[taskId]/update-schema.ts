import { z } from 'zod'
import { createBodySchema, settableFields } from '../create-schema.ts'

export const updateTaskSchema = createBodySchema
  .partial()
  .extend({ is_completed: z.boolean('must be true or false').optional() })
  .transform(({ is_completed: isCompleted, ...body }) => ({ ...settableFields(body), isCompleted }))
