import { z } from 'zod'
import { createTaskSchema } from '#lib/tasks/schema.ts'

/** The fields that a client may set on a new task, as the API names them. */
export const createBodySchema = createTaskSchema.extend({
  list_id: z.uuid('must be the id of a list, or null for the Inbox').toLowerCase().nullable().optional(),
})

export const newTaskSchema = createBodySchema.transform(({ list_id: listId, ...texts }) => ({
  ...texts,
  listId,
}))
