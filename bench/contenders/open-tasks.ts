import type pg from 'pg'

/** More than one round completes. */
const TASKS = 4000

/** Ids of open tasks of an account. The second call opens the same tasks again. */
export function openTasks(sql: pg.Pool, getUserId: () => Promise<unknown>): () => Promise<string[]> {
  let ids: string[] | undefined
  return async () => {
    if (ids) await sql.query('UPDATE tasks SET completed_at = NULL WHERE completed_at IS NOT NULL')
    ids ??= await insertTasks(sql, await getUserId())
    return ids
  }
}

async function insertTasks(sql: pg.Pool, userId: unknown): Promise<string[]> {
  const { rows } = await sql.query<{ id: string }>(
    `INSERT INTO tasks (id, user_id, title, updated_at)
     SELECT uuidv7(), $1, 'Task', now() FROM generate_series(1, ${TASKS}) RETURNING id`,
    [userId],
  )
  return rows.map(({ id }) => id)
}
