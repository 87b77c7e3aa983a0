import { z } from 'zod'
import type { Tick } from '#lib/tasks/tick-tasks.ts'
import { MAX_TICKS } from './max-ticks.ts'

const ids = z
  .string()
  .default('')
  .transform((text) => text.split(' ').filter(Boolean))

/** The ticks that a page sends together: the ids of the tasks to complete and to reopen, with spaces between them. */
export const ticksSchema = z
  .object({ complete: ids, reopen: ids })
  .transform(({ complete, reopen }): Tick[] => [
    ...complete.map((id) => ({ id, isCompleted: true })),
    ...reopen.map((id) => ({ id, isCompleted: false })),
  ])
  .refine(({ length }) => length >= 1 && length <= MAX_TICKS, `Choose 1 to ${MAX_TICKS} tasks.`)
