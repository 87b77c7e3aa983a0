import type { Actor } from '#lib/actor.ts'
import { preparedRead } from '#lib/db/prepared-statement.ts'
import { isUuid } from '#lib/uuid.ts'
import { selectList, TASK_COLUMNS, type Task } from './task.ts'

const readDeletedTask = preparedRead<Task>(`
  SELECT ${selectList(TASK_COLUMNS)} FROM tasks
  WHERE id = $1::uuid AND user_id = $2::uuid AND deleted_at IS NOT NULL`)

/** @returns a task that the actor deleted; null for any other id */
export async function getDeletedTask(actor: Actor, taskId: string): Promise<Task | null> {
  const [task] = isUuid(taskId) ? await readDeletedTask(taskId, actor.userId) : []
  return task ?? null
}
