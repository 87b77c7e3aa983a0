import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { ok, type Result } from '#lib/result.ts'
import { getTask } from './get-task.ts'
import { whereOwnTask } from './where-own-task.ts'

/** Brings a deleted task of the actor's back to where it was; nothing changes for one that is there. */
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
