import { z } from 'zod'
import { DAY_SECONDS } from '#lib/time.ts'

const MIN_BLOCK_SECONDS = 60
const MAX_BLOCK_SECONDS = 30 * DAY_SECONDS
const secondsIssue = `must be a whole number from ${MIN_BLOCK_SECONDS} to ${MAX_BLOCK_SECONDS}`

export const blockSchema = z.object({
  network: z.string('must be text').max(100, 'must be at most 100 characters long'),
  seconds: z.int(secondsIssue).min(MIN_BLOCK_SECONDS, secondsIssue).max(MAX_BLOCK_SECONDS, secondsIssue),
})

const ONE_CHANGE = 'send one of disabled, role and password_change_required: changes are made one at a time'

/** Accepts one change per request: if a later one failed, the earlier ones would already be saved. */
export const changeUserSchema = z
  .object({
    disabled: z.boolean('must be true or false').optional(),
    role: z.enum(['user', 'admin'], 'must be user or admin').optional(),
    password_change_required: z.literal(true, 'must be true: changing the password ends it').optional(),
  })
  .refine((changes) => Object.values(changes).filter((value) => value !== undefined).length === 1, {
    path: ['disabled'],
    error: ONE_CHANGE,
  })
