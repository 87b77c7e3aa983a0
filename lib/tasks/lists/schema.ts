import { z } from 'zod'
import { plainText } from '#lib/text-schema.ts'

const listName = plainText(100)
const name = listName.min(1, 'must not be empty')
const afterId = z.uuid('must be the id of a list, or null for the first place').nullable()

export const createListSchema = z.object({ name })

export const listNameSchema = z.object({ name: listName.min(1, 'Enter a name.') })

export const updateListSchema = z
  .object({
    name: name.optional(),
    is_archived: z.boolean('must be true or false').optional(),
    after_id: afterId.optional(),
  })
  .transform((fields) => ({ name: fields.name, isArchived: fields.is_archived, afterId: fields.after_id }))
