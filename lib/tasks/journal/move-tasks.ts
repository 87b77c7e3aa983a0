import type { Change } from './change.ts'
import type { TaskWriter } from './write-tasks.ts'

/** Tasks that one statement moves. A list may have many thousands, and a statement may take 10 s. */
const PART_ROWS = 5_000

/** Moves the tasks of a list to the Inbox. */
export async function emptyList(writer: TaskWriter, listId: string): Promise<void> {
  const { tx, batch } = writer
  const tasks = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM tasks WHERE user_id = ${batch.userId}::uuid AND list_id = ${listId}::uuid AND deleted_at IS NULL`
  const ids = tasks.map(({ id }) => id)
  await moveTasks(writer, ids, { from: listId, to: null })
}

/**
 * Undoes changes that only moved a task, unless the task has been moved or deleted since.
 * @param lists those that tasks can go back to
 * @returns the ids of the tasks that went back
 */
export async function undoMoves(
  writer: TaskWriter,
  { moves, lists }: { moves: Change[]; lists: string[] },
): Promise<string[]> {
  const ways = new Map<string, Way & { ids: string[] }>()
  for (const { taskId, before, after } of moves) {
    const [from, to] = [toListId(after), toListId(before)]
    if (!taskId || (to !== null && !lists.includes(to))) continue
    const way = ways.get(`${from} ${to}`) ?? { from, to, ids: [] }
    ways.set(`${from} ${to}`, way)
    way.ids.push(taskId)
  }
  const moved: string[] = []
  for (const { ids, ...way } of ways.values()) moved.push(...(await moveTasks(writer, ids, way)))
  return moved
}

function toListId(fields: Change['after']): string | null {
  return typeof fields?.listId === 'string' ? fields.listId : null
}

/** The lists that tasks leave and come to; null is the Inbox. */
type Way = { from: string | null; to: string | null }

/**
 * By ids that the statement contains: PostgreSQL takes a table that has just been filled for a small one, and would compare
 * each row of a join with all others.
 * @returns the ids of those that were there and are not deleted
 */
async function moveTasks({ tx, batch }: TaskWriter, ids: string[], { from, to }: Way): Promise<string[]> {
  const moved: string[] = []
  for (let at = 0; at < ids.length; at += PART_ROWS) {
    const rows = await tx.$queryRaw<{ taskId: string }[]>`
      WITH moved AS (
        UPDATE tasks SET list_id = ${to}::uuid, version = version + 1, updated_at = ${batch.now}::timestamptz
        WHERE user_id = ${batch.userId}::uuid AND id = ANY(${ids.slice(at, at + PART_ROWS)}::uuid[])
          AND deleted_at IS NULL AND list_id IS NOT DISTINCT FROM ${from}::uuid
        RETURNING id
      )
      INSERT INTO changes (user_id, seq, batch_id, kind, task_id, before, after, undoes, created_at)
      SELECT ${batch.userId}::uuid, ${batch.seq}::bigint + row_number() OVER (), ${batch.batchId}::uuid, 'changed', id,
             jsonb_build_object('listId', ${from}::text), jsonb_build_object('listId', ${to}::text),
             ${batch.undoes}::uuid, ${batch.now}::timestamptz
      FROM moved RETURNING task_id AS "taskId"`
    batch.seq += rows.length
    moved.push(...rows.map(({ taskId }) => taskId))
  }
  return moved
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
