import type { TaskWriter } from './write-tasks.ts'

/** Moves the tasks of a list to the Inbox. One statement, because there may be many thousands. */
export async function emptyList({ tx, batch }: TaskWriter, listId: string): Promise<void> {
  batch.seq += await tx.$executeRaw`
    WITH moved AS (
      UPDATE tasks SET list_id = NULL, version = version + 1, updated_at = ${batch.now}::timestamptz
      WHERE user_id = ${batch.userId}::uuid AND list_id = ${listId}::uuid AND deleted_at IS NULL
      RETURNING id
    )
    INSERT INTO changes (user_id, seq, batch_id, kind, task_id, before, after, created_at)
    SELECT ${batch.userId}::uuid, ${batch.seq}::bigint + row_number() OVER (), ${batch.batchId}::uuid, 'changed', id,
           jsonb_build_object('listId', ${listId}::text), '{"listId": null}', ${batch.now}::timestamptz
    FROM moved`
}

/**
 * Undoes the changes of a batch that only moved a task, unless the task has been moved or deleted since.
 * @param lists those that tasks can go back to
 * @returns the ids of the tasks that went back
 */
export async function undoMoves({ tx, batch }: TaskWriter, lists: string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ taskId: string }[]>`
    WITH moves AS (
      SELECT task_id, before, after, before ->> 'listId' AS list FROM changes
      WHERE user_id = ${batch.userId}::uuid AND batch_id = ${batch.undoes}::uuid
        AND kind = 'changed' AND task_id IS NOT NULL AND after - 'listId' = '{}'
    ), moved AS (
      UPDATE tasks SET list_id = moves.list::uuid, version = version + 1, updated_at = ${batch.now}::timestamptz
      FROM moves
      WHERE tasks.id = moves.task_id AND tasks.user_id = ${batch.userId}::uuid AND tasks.deleted_at IS NULL
        AND tasks.list_id IS NOT DISTINCT FROM (moves.after ->> 'listId')::uuid
        AND (moves.list IS NULL OR moves.list = ANY(${lists}::text[]))
      RETURNING tasks.id, moves.before, moves.after
    )
    INSERT INTO changes (user_id, seq, batch_id, kind, task_id, before, after, undoes, created_at)
    SELECT ${batch.userId}::uuid, ${batch.seq}::bigint + row_number() OVER (), ${batch.batchId}::uuid, 'changed', id,
           after, before, ${batch.undoes}::uuid, ${batch.now}::timestamptz
    FROM moved RETURNING task_id AS "taskId"`
  batch.seq += rows.length
  return rows.map(({ taskId }) => taskId)
}

/** Whether a list would have a task that is not deleted. */
export async function hasTasks({ tx, batch, tasks }: TaskWriter, listId: string): Promise<boolean> {
  const changed = [...tasks.differences.values()]
  if (changed.some(({ after }) => after.listId === listId && !after.deletedAt)) return true
  const left = changed.flatMap(({ before }) => (before?.listId === listId ? before.id : []))
  const rows = await tx.$queryRaw<object[]>`
    SELECT 1 FROM tasks WHERE user_id = ${batch.userId}::uuid AND list_id = ${listId}::uuid AND deleted_at IS NULL
      AND id <> ALL(${left}::uuid[]) LIMIT 1`
  return rows.length > 0
}
