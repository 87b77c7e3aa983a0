import type { Actor } from '#lib/actor.ts'
import { preparedRead } from '#lib/db/prepared-statement.ts'
import { selectList } from '../task.ts'
import { type CountedList, LIST_COLUMNS } from './list.ts'

const readLists = preparedRead<CountedList>(`
  SELECT ${selectList(LIST_COLUMNS)}, coalesce(open.count, 0) AS "openCount"
  FROM task_lists
  LEFT JOIN (
    SELECT list_id, count(*)::int AS count FROM tasks
    WHERE user_id = $1::uuid AND list_id IS NOT NULL AND completed_at IS NULL AND deleted_at IS NULL
    GROUP BY list_id
  ) AS open ON open.list_id = task_lists.id
  WHERE user_id = $1::uuid AND deleted_at IS NULL
  ORDER BY position, id`)

/** All lists of the actor in their order, archived ones too, with the number of open tasks in each. */
export function getLists({ userId }: Actor): Promise<CountedList[]> {
  return readLists(userId)
}
