import type { Actor } from '#lib/actor.ts'
import { preparedRead } from '#lib/db/prepared-statement.ts'

export type OpenTaskCounts = {
  /** Overdue tasks included. */
  today: number
  inbox: number
  /** All of them in their order. */
  lists: { id: string; name: string; openCount: number; isArchived: boolean }[]
}

type Row = { id: string | null; name: string | null; isArchived: boolean; openCount: number; today: number }

// One statement: a row for the Inbox and for each list. An index has all of the first part.
const readCounts = preparedRead<Row>(`
  WITH open AS (
    SELECT list_id, count(*)::int AS count,
           (count(*) FILTER (WHERE due_on <= $2::date OR start_on <= $2::date))::int AS today
    FROM tasks WHERE user_id = $1::uuid AND completed_at IS NULL AND deleted_at IS NULL
    GROUP BY list_id
  )
  SELECT NULL::uuid AS id, NULL AS name, NULL AS position, false AS "isArchived",
         coalesce((SELECT count FROM open WHERE list_id IS NULL), 0) AS "openCount",
         coalesce((SELECT sum(today) FROM open), 0)::int AS today
  UNION ALL
  SELECT id, name, position, archived_at IS NOT NULL, coalesce(open.count, 0), 0
  FROM task_lists LEFT JOIN open ON open.list_id = task_lists.id
  WHERE user_id = $1::uuid AND deleted_at IS NULL
  ORDER BY position NULLS FIRST, id`)

/** What the navigation shows. @param today the day that it is for the user */
export async function countOpenTasks({ userId }: Actor, today: string): Promise<OpenTaskCounts> {
  const rows = await readCounts(userId, today)
  const [inbox] = rows
  const lists = rows.flatMap(({ id, name, isArchived, openCount }) =>
    id && name ? [{ id, name, isArchived, openCount }] : [],
  )
  return { today: inbox?.today ?? 0, inbox: inbox?.openCount ?? 0, lists }
}
