import { z } from 'zod'

const MAX_LIMIT = 200
const limitIssue = `must be a whole number from 1 to ${MAX_LIMIT}`

/** `?limit=&cursor=` of every list (contract 2.5). The cursor is the id after which the page begins. */
export const pagingSchema = z.object({
  limit: z
    .string()
    .regex(/^\d{1,3}$/, limitIssue)
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= MAX_LIMIT, limitIssue)
    .optional(),
  cursor: z.uuid('must be the next_cursor of an earlier answer').optional(),
})
