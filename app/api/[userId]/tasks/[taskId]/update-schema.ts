import { z } from 'zod'
import { createTaskSchema } from '#lib/tasks/schema.ts'

export const updateTaskSchema = createTaskSchema
  .partial()
  .extend({ is_completed: z.boolean('must be true or false').optional() })
  .transform(({ is_completed: isCompleted, ...texts }) => ({ ...texts, isCompleted }))
