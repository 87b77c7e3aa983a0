import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { VersionMismatch } from './errors.ts'
import { getTask } from './get-task.ts'
import type { UpdateTask } from './schema.ts'
import { TASK_COLUMNS, type Task } from './task.ts'
import { whereOwnTask } from './where-own-task.ts'

/**
 * Changes the given fields of one of the actor's tasks. Fields that already hold their value stay untouched: completing
 * twice keeps the first time, and a change of nothing keeps the version.
 * @param versions the versions that the caller agrees to overwrite; any version without it
 * @returns the task as it is now, `TASK_NOT_FOUND`, or `VERSION_MISMATCH`
 */
export async function updateTask(
  actor: Actor,
  taskId: string,
  update: UpdateTask,
  versions?: readonly number[],
): Promise<Result<Task, Failure<'TASK_NOT_FOUND'> | VersionMismatch>> {
  const current = await getTask(actor, taskId)
  if (!current.ok) return current
  const { version, completedAt } = current.value
  if (versions && !versions.includes(version)) return err({ code: 'VERSION_MISMATCH', task: current.value })
  const changes = differences(current.value, update)
  if (Object.keys(changes).length === 0) return current
  const [task] = await db().task.updateManyAndReturn({
    where: { ...whereOwnTask(actor, taskId), deletedAt: null, ...(versions ? { version } : { completedAt }) },
    data: { ...changes, version: { increment: 1 } },
    select: TASK_COLUMNS,
  })
  // Another request was faster: look at what it left.
  return task ? ok(task) : updateTask(actor, taskId, update, versions)
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
