import { z } from 'zod'

export const sinceQuery = z.object({
  since: z
    .string()
    .regex(/^\d{1,15}$/, 'must be the next_since of an earlier answer')
    .transform(Number)
    .optional(),
})
