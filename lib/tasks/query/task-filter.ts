import { Prisma } from '#lib/db/generated/client.ts'
import { DUE_DAY } from './orders.ts'

export const VIEWS = ['today', 'upcoming', 'inbox', 'done', 'all'] as const
type View = (typeof VIEWS)[number]

/** All that is given must be true of a task. */
export type TaskFilter = {
  view?: View | undefined
  listId?: string | undefined
  label?: string | undefined
  priority?: number | undefined
  isCompleted?: boolean | undefined
  dueBefore?: string | undefined
  dueAfter?: string | undefined
  /** Completed at this moment or later. */
  completedFrom?: Date | undefined
  /** Words that title or description have, in any order and case, also within other words. */
  q?: string | undefined
}

const OPEN = Prisma.sql`completed_at IS NULL`

/** Every open task is in one of today (which has what is overdue), upcoming, and those without a day. */
function viewConditions(view: View): Prisma.Sql[] {
  switch (view) {
    case 'today':
    case 'upcoming':
      return [OPEN]
    case 'inbox':
      return [OPEN, Prisma.sql`list_id IS NULL`]
    case 'done':
      return [Prisma.sql`completed_at IS NOT NULL`]
    case 'all':
      return []
  }
}

/** A view by the day has two parts without a task in common, because no index has an OR in order. */
export function partsOf({ view }: TaskFilter, today: string): Prisma.Sql[] {
  const day = Prisma.sql`${today}::date`
  switch (view) {
    case 'today':
      return [
        Prisma.sql`${DUE_DAY} <= ${day}`,
        Prisma.sql`${DUE_DAY} > ${day} AND start_on IS NOT NULL AND start_on <= ${day}`,
      ]
    case 'upcoming':
      return [
        Prisma.sql`${DUE_DAY} > ${day} AND ${DUE_DAY} < 'infinity' AND (start_on IS NULL OR start_on > ${day})`,
        Prisma.sql`${DUE_DAY} = 'infinity' AND start_on IS NOT NULL AND start_on > ${day}`,
      ]
    default:
      return [Prisma.sql`true`]
  }
}

export function toConditions(filter: TaskFilter): Prisma.Sql[] {
  const { view, listId, label, priority, isCompleted, dueBefore, dueAfter, completedFrom, q } = filter
  const conditions = [Prisma.sql`deleted_at IS NULL`, ...(view ? viewConditions(view) : [])]
  if (listId !== undefined) conditions.push(Prisma.sql`list_id = ${listId}::uuid`)
  // The planner does not see that a task with this label has labels, as an index requires.
  if (label !== undefined) conditions.push(Prisma.sql`labels <> '{}' AND labels @> ARRAY[${label}]::text[]`)
  if (priority !== undefined) conditions.push(Prisma.sql`priority = ${priority}::int`)
  if (isCompleted !== undefined) conditions.push(isCompleted ? Prisma.sql`completed_at IS NOT NULL` : OPEN)
  if (dueBefore !== undefined) conditions.push(Prisma.sql`${DUE_DAY} < ${dueBefore}::date`)
  if (dueAfter !== undefined)
    conditions.push(Prisma.sql`${DUE_DAY} > ${dueAfter}::date AND ${DUE_DAY} < 'infinity'`)
  if (completedFrom !== undefined) conditions.push(Prisma.sql`completed_at >= ${completedFrom}::timestamptz`)
  if (q !== undefined) conditions.push(...wordsOf(q).map(hasWord))
  return conditions
}

const MOST_WORDS = 10

function wordsOf(q: string): string[] {
  return q.trim().split(/\s+/).slice(0, MOST_WORDS)
}

function hasWord(word: string): Prisma.Sql {
  // Texts are stored as they were typed, and some keyboards write "é" as two characters.
  const forms = new Set([word.normalize('NFC'), word.normalize('NFD')])
  const matches = [...forms].flatMap((form) => {
    const pattern = `%${form.replace(/[\\%_]/g, '\\$&')}%`
    return [Prisma.sql`title ILIKE ${pattern}`, Prisma.sql`description ILIKE ${pattern}`]
  })
  return Prisma.sql`(${Prisma.join(matches, ' OR ')})`
}
