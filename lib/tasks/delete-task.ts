import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { denyTask } from './deny-task.ts'
import type { VersionMismatch } from './errors.ts'
import { getTask } from './get-task.ts'
import { whereOwnTask } from './where-own-task.ts'

/**
 * Takes one of the actor's tasks off the list; `restoreTask` undoes it.
 * @param versions the versions that the caller agrees to delete; any version without it
 * @returns `TASK_NOT_FOUND` or `VERSION_MISMATCH` if nothing was deleted
 */
export async function deleteTask(
  actor: Actor,
  taskId: string,
  versions?: readonly number[],
): Promise<Result<null, Failure<'TASK_NOT_FOUND'> | VersionMismatch>> {
  const { count } = await db().task.updateMany({
    where: {
      ...whereOwnTask(actor, taskId),
      deletedAt: null,
      ...(versions && { version: { in: [...versions] } }),
    },
    data: { deletedAt: new Date(), version: { increment: 1 } },
  })
  if (count === 1) return ok(null)
  if (!versions) return denyTask(actor, taskId)
  const task = await getTask(actor, taskId)
  return task.ok ? err({ code: 'VERSION_MISMATCH', task: task.value }) : task
}
