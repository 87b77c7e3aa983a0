import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { VersionMismatch } from './errors.ts'
import { getTask } from './get-task.ts'
import { TASK_COLUMNS, type Task } from './task.ts'
import { whereOwnTask } from './where-own-task.ts'

export type TaskChanges = {
  title?: string | undefined
  description?: string | null | undefined
  isCompleted?: boolean | undefined
}

type TaskUpdate = {
  changes: TaskChanges
  /** The versions that the caller agrees to overwrite; any version if absent. */
  versions?: readonly number[] | undefined
  now: Date
}

/**
 * Completing a task twice keeps the first time, and an update without a difference keeps the version.
 * @returns the saved task; `TASK_NOT_FOUND`; `VERSION_MISMATCH`
 */
export async function updateTask(
  actor: Actor,
  taskId: string,
  update: TaskUpdate,
): Promise<Result<Task, Failure<'TASK_NOT_FOUND'> | VersionMismatch>> {
  const current = await getTask(actor, taskId)
  if (!current.ok) return current
  const { version, completedAt } = current.value
  const { versions } = update
  if (versions && !versions.includes(version)) return err({ code: 'VERSION_MISMATCH', task: current.value })
  const data = toColumns(current.value, update)
  if (Object.keys(data).length === 0) return current
  const [task] = await db().task.updateManyAndReturn({
    where: { ...whereOwnTask(actor, taskId), deletedAt: null, ...(versions ? { version } : { completedAt }) },
    data: { ...data, version: { increment: 1 } },
    select: TASK_COLUMNS,
  })
  // Without a row, another request has changed the task in the meantime: start again from what it saved.
  return task ? ok(task) : updateTask(actor, taskId, update)
}

function toColumns(task: Task, { changes: { title, description, isCompleted }, now }: TaskUpdate) {
  const wasCompleted = task.completedAt !== null
  return {
    ...(title !== undefined && title !== task.title && { title }),
    ...(description !== undefined && description !== task.description && { description }),
    ...(isCompleted !== undefined &&
      isCompleted !== wasCompleted && { completedAt: isCompleted ? now : null }),
  }
}
