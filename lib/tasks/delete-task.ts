import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { denyTask } from './deny-task.ts'
import type { VersionMismatch } from './errors.ts'
import { getTask } from './get-task.ts'
import { whereOwnTask } from './where-own-task.ts'

type TaskDeletion = {
  /** The versions that the caller agrees to delete; any version if absent. */
  versions?: readonly number[] | undefined
  now: Date
}

/** `restoreTask` undoes it until `purgeDeletedTasks` removes the row. @returns `TASK_NOT_FOUND`; `VERSION_MISMATCH` */
export async function deleteTask(
  actor: Actor,
  taskId: string,
  { versions, now }: TaskDeletion,
): Promise<Result<null, Failure<'TASK_NOT_FOUND'> | VersionMismatch>> {
  const { count } = await db().task.updateMany({
    where: {
      ...whereOwnTask(actor, taskId),
      deletedAt: null,
      ...(versions && { version: { in: [...versions] } }),
    },
    data: { deletedAt: now, version: { increment: 1 } },
  })
  if (count === 1) return ok(null)
  if (!versions) return denyTask(actor, taskId)
  const task = await getTask(actor, taskId)
  return task.ok ? err({ code: 'VERSION_MISMATCH', task: task.value }) : task
}
