import type pg from 'pg'

/** More than one round completes. */
const TASKS = 4000

/** Open tasks of these accounts, in equal parts and in turn. The second call opens the same tasks again. */
export function openTasks(
  sql: pg.Pool,
  getUserIds: () => Promise<unknown[]>,
): () => Promise<{ id: string; userId: unknown }[]> {
  let tasks: { id: string; userId: unknown }[] | undefined
  return async () => {
    if (tasks) await sql.query('UPDATE tasks SET completed_at = NULL WHERE completed_at IS NOT NULL')
    tasks ??= await insertTasks(sql, await getUserIds())
    return tasks
  }
}

async function insertTasks(sql: pg.Pool, userIds: unknown[]) {
  const count = Math.ceil(TASKS / userIds.length)
  const inserted = await Promise.all(
    userIds.map((userId) =>
      sql.query<{ id: string }>(
        `INSERT INTO tasks (id, user_id, title, updated_at)
         SELECT uuidv7(), $1, 'Task', now() FROM generate_series(1, $2::int) RETURNING id`,
        [userId, count],
      ),
    ),
  )
  return Array.from({ length: count }, (_, row) =>
    inserted.flatMap(({ rows }, user) => (rows[row] ? [{ id: rows[row].id, userId: userIds[user] }] : [])),
  ).flat()
}
