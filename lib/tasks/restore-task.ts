import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { ok, type Result } from '#lib/result.ts'
import { getTask } from './get-task.ts'
import { whereOwnTask } from './where-own-task.ts'

/** Undoes `deleteTask`. A task that is not deleted stays as it is. @returns `TASK_NOT_FOUND` */
export async function restoreTask(
  actor: Actor,
  taskId: string,
): Promise<Result<null, Failure<'TASK_NOT_FOUND'>>> {
  const { count } = await db().task.updateMany({
    where: { ...whereOwnTask(actor, taskId), deletedAt: { not: null } },
    data: { deletedAt: null, version: { increment: 1 } },
  })
  if (count === 1) return ok(null)
  const task = await getTask(actor, taskId)
  return task.ok ? ok(null) : task
}
