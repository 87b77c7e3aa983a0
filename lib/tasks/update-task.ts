import type { Actor } from '#lib/audit/events'
import { db } from '#lib/db/client'
import type { Failure } from '#lib/failure'
import { ok, type Result } from '#lib/result'
import { getTask } from './get-task'
import { ownTask } from './own-task'
import type { UpdateTask } from './schema'
import { TASK_COLUMNS, type Task } from './task'

/**
 * Changes the given fields of one of the actor's tasks; what is already so stays untouched, so that completing
 * twice keeps the first time.
 * @returns the task as it is now, or `TASK_NOT_FOUND`
 */
export async function updateTask(
  actor: Actor,
  taskId: string,
  update: UpdateTask,
): Promise<Result<Task, Failure<'TASK_NOT_FOUND'>>> {
  const current = await getTask(actor, taskId)
  if (!current.ok) return current
  const changes = differences(current.value, update)
  if (Object.keys(changes).length === 0) return current
  const [task] = await db().task.updateManyAndReturn({
    where: { ...ownTask(actor, taskId), deletedAt: null, completedAt: current.value.completedAt },
    data: changes,
    select: TASK_COLUMNS,
  })
  // Another request was faster: what it left is looked at anew.
  return task ? ok(task) : updateTask(actor, taskId, update)
}

function differences(task: Task, { title, description, is_completed }: UpdateTask) {
  const isCompleted = task.completedAt !== null
  return {
    ...(title !== undefined && title !== task.title && { title }),
    ...(description !== undefined && description !== task.description && { description }),
    ...(is_completed !== undefined &&
      is_completed !== isCompleted && { completedAt: is_completed ? new Date() : null }),
  }
}
