import { z } from 'zod'
import { err, ok, type Result } from '#lib/result.ts'
import { createBodySchema, day, settableFields } from '../body-schema.ts'
import { createListSchema } from '../lists/schema.ts'
import { firstDay } from '../repeat/next-turn.ts'
import { NO_FIELDS, withoutUndefined } from '../task.ts'
import type { ImportedTask, Reading, RowProblem } from './imported-task.ts'

const A_TIME = 'must be a time such as 2026-12-24T09:30:00Z'

/** Ids and pages count from 1970. */
export const time = z
  .string(A_TIME)
  .pipe(z.iso.datetime({ offset: true, error: A_TIME }))
  .transform((text) => new Date(text))
  .refine((at) => at.getTime() >= 0, 'must be after 1970')
  .nullish()

/** A task in our own files. Ids, versions and what else a file may have are ignored. */
const fileTaskSchema = createBodySchema.omit({ list_id: true }).extend({
  list: createListSchema.shape.name.nullish(),
  is_completed: z.boolean('must be true or false').nullish(),
  completed_at: time,
  created_at: time,
  repeat_anchor: day.nullish(),
  series_id: z.string().nullish().catch(null),
  position: z.string().nullish().catch(null),
})

type FieldProblem = Pick<RowProblem, 'column' | 'issue'>

/** Reads a task of our own JSON or CSV. A field that is null or missing has no value. @returns the first invalid field */
export function readFileTask(fields: unknown, reading: Reading): Result<ImportedTask, FieldProblem> {
  const parsed = fileTaskSchema.safeParse(fields)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    if (!issue || issue.path.length === 0)
      return err({ column: 'task', issue: 'must be an object with a title' })
    return err({ column: issue.path.join('.'), issue: issue.message })
  }
  const { list, is_completed, completed_at, created_at, repeat_anchor, series_id, position, ...body } =
    parsed.data
  const { title, repeat = null, ...given } = body
  const { listId: _, ...set } = { ...NO_FIELDS, ...withoutUndefined(settableFields(given)) }
  const due = settleDay({ ...set, repeat }, reading)
  if (!due.ok) return due
  const { now } = reading
  const completedAt = is_completed === false ? null : (completed_at ?? (is_completed ? now : null))
  return ok({
    ...set,
    title,
    list: list ?? null,
    repeat,
    dueOn: due.value,
    repeatAnchor: repeat && (repeat_anchor ?? due.value),
    series: repeat && (series_id ?? null),
    completedAt: completedAt && earlierOf(completedAt, now),
    createdAt: created_at ? earlierOf(created_at, now) : null,
    position: position ?? null,
  })
}

/** The day of a task. A repetition without one begins on the first day of its rule. */
export function settleDay(
  { dueOn, dueTime, dueZone, repeat }: Pick<ImportedTask, 'dueOn' | 'dueTime' | 'dueZone' | 'repeat'>,
  { today }: Reading,
): Result<string | null, FieldProblem> {
  const day = dueOn ?? (repeat && firstDay(repeat.rule, today))
  if (repeat && day === null) return err({ column: 'repeat', issue: 'has no day from today on' })
  if (dueTime !== null && day === null) return err({ column: 'due_time', issue: 'needs due_on' })
  if (dueZone !== null && dueTime === null) return err({ column: 'due_zone', issue: 'needs due_time' })
  return ok(day)
}

export function earlierOf(one: Date, other: Date): Date {
  return one < other ? one : other
}
