import { Prisma } from '#lib/db/generated/client.ts'

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
  /** Part of title or description, in any case. */
  q?: string | undefined
}

const OPEN = Prisma.sql`completed_at IS NULL`

/** Every open task is in one of today (which has what is overdue), upcoming, and those without a day. */
function viewConditions(view: View, today: string): Prisma.Sql[] {
  switch (view) {
    case 'today':
      return [OPEN, Prisma.sql`(due_on <= ${today}::date OR start_on <= ${today}::date)`]
    case 'upcoming':
      return [
        OPEN,
        Prisma.sql`coalesce(due_on, start_on) > ${today}::date`,
        Prisma.sql`(start_on IS NULL OR start_on > ${today}::date)`,
      ]
    case 'inbox':
      return [OPEN, Prisma.sql`list_id IS NULL`]
    case 'done':
      return [Prisma.sql`completed_at IS NOT NULL`]
    case 'all':
      return []
  }
}

export function toConditions(filter: TaskFilter, today: string): Prisma.Sql[] {
  const { view, listId, label, priority, isCompleted, dueBefore, dueAfter, completedFrom, q } = filter
  const conditions = [Prisma.sql`deleted_at IS NULL`, ...(view ? viewConditions(view, today) : [])]
  if (listId !== undefined) conditions.push(Prisma.sql`list_id = ${listId}::uuid`)
  if (label !== undefined) conditions.push(Prisma.sql`labels @> ARRAY[${label}]::text[]`)
  if (priority !== undefined) conditions.push(Prisma.sql`priority = ${priority}::int`)
  if (isCompleted !== undefined) conditions.push(isCompleted ? Prisma.sql`completed_at IS NOT NULL` : OPEN)
  if (dueBefore !== undefined) conditions.push(Prisma.sql`due_on < ${dueBefore}::date`)
  if (dueAfter !== undefined) conditions.push(Prisma.sql`due_on > ${dueAfter}::date`)
  if (completedFrom !== undefined) conditions.push(Prisma.sql`completed_at >= ${completedFrom}::timestamptz`)
  if (q !== undefined) {
    const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`
    conditions.push(Prisma.sql`(title ILIKE ${pattern} OR description ILIKE ${pattern})`)
  }
  return conditions
}
