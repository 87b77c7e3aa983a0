import { z } from 'zod'
import { createBodySchema } from '../create-schema.ts'

export const updateTaskSchema = createBodySchema
  .partial()
  .extend({ is_completed: z.boolean('must be true or false').optional() })
  .transform(({ is_completed: isCompleted, list_id: listId, ...texts }) => ({
    ...texts,
    isCompleted,
    listId,
  }))
