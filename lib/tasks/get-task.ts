import type { Actor } from '#lib/actor.ts'
import { preparedRead } from '#lib/db/prepared-statement.ts'
import type { Failure } from '#lib/failure.ts'
import { ok, type Result } from '#lib/result.ts'
import { isUuid } from '#lib/uuid.ts'
import { denyTask } from './deny-task.ts'
import { selectList, TASK_COLUMNS, type Task } from './task.ts'

const readTask = preparedRead<Task>(`
  SELECT ${selectList(TASK_COLUMNS)} FROM tasks
  WHERE id = $1::uuid AND user_id = $2::uuid AND deleted_at IS NULL`)

/** @returns one of the actor's tasks; `TASK_NOT_FOUND` for a missing, deleted, foreign or malformed id */
export async function getTask(
  actor: Actor,
  taskId: string,
): Promise<Result<Task, Failure<'TASK_NOT_FOUND'>>> {
  const [task] = isUuid(taskId) ? await readTask(taskId, actor.userId) : []
  return task ? ok(task) : denyTask(actor, taskId)
}
