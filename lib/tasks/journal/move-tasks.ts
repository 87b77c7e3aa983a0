import type { Change } from './change.ts'
import type { TaskWriter } from './write-tasks.ts'

/** Tasks that one statement moves. A list may have many thousands, and a statement may take 10 s. */
const PART_ROWS = 5_000

/** Moves the tasks of a list to the Inbox. */
export async function emptyList({ tx, batch }: TaskWriter, listId: string): Promise<void> {
  const tasks = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM tasks WHERE user_id = ${batch.userId}::uuid AND list_id = ${listId}::uuid AND deleted_at IS NULL`
  for (const part of toParts(tasks)) {
    batch.seq += await tx.$executeRaw`
      WITH moved AS (
        UPDATE tasks SET list_id = NULL, version = version + 1, updated_at = ${batch.now}::timestamptz
        WHERE user_id = ${batch.userId}::uuid AND id = ANY(${part.map(({ id }) => id)}::uuid[])
        RETURNING id
      )
      INSERT INTO changes (user_id, seq, batch_id, kind, task_id, before, after, created_at)
      SELECT ${batch.userId}::uuid, ${batch.seq}::bigint + row_number() OVER (), ${batch.batchId}::uuid, 'changed', id,
             jsonb_build_object('listId', ${listId}::text), '{"listId": null}', ${batch.now}::timestamptz
      FROM moved`
  }
}

/**
 * Undoes changes that only moved a task, unless the task has been moved or deleted since.
 * @param lists those that tasks can go back to
 * @returns the ids of the tasks that went back
 */
export async function undoMoves(
  { tx, batch }: TaskWriter,
  { moves, lists }: { moves: Change[]; lists: string[] },
): Promise<string[]> {
  const ids: string[] = []
  for (const part of toParts(moves)) {
    const rows = await tx.$queryRaw<{ taskId: string }[]>`
      WITH moves AS (
        SELECT task_id, before, after, before ->> 'listId' AS list FROM changes
        WHERE user_id = ${batch.userId}::uuid AND seq = ANY(${part.map(({ seq }) => seq)}::bigint[])
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
    ids.push(...rows.map(({ taskId }) => taskId))
  }
  return ids
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

function* toParts<Row>(rows: Row[]): Generator<Row[]> {
  for (let at = 0; at < rows.length; at += PART_ROWS) yield rows.slice(at, at + PART_ROWS)
}
