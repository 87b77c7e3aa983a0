import type { Actor } from '#lib/actor.ts'
import { preparedRead } from '#lib/db/prepared-statement.ts'
import { cutPage, PAGE_SIZE, type PageRequest } from '#lib/page.ts'
import { selectList, TASK_COLUMNS, type Task } from './task.ts'

// One statement for every page, and no `OR` in it, so that each page is one range of the index.
const readTasks = preparedRead<Task>(`
  SELECT ${selectList(TASK_COLUMNS)}
  FROM tasks
  WHERE user_id = $1::uuid AND deleted_at IS NULL
    AND id < coalesce($2::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
  ORDER BY id DESC LIMIT $3::int`)

/** Newest first: version 7 ids sort by time, and the cursor is an id. */
export async function listTasks(
  actor: Actor,
  { limit = PAGE_SIZE, cursor }: PageRequest,
): Promise<{ tasks: Task[]; nextCursor: string | null }> {
  const found = await readTasks(actor.userId, cursor ?? null, limit + 1)
  const { rows, nextCursor } = cutPage(found, limit, ({ id }) => id)
  return { tasks: rows, nextCursor }
}
