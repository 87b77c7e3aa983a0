import type { Actor } from '#lib/audit/events'
import { db } from '#lib/db/client'
import type { Failure } from '#lib/failure'
import { ok, type Result } from '#lib/result'
import { ownTask } from './own-task'
import { refuseUnknownTask } from './refuse-unknown-task'

/** Takes one of the actor's tasks off the list at once; `restoreTask` undoes it. `TASK_NOT_FOUND` else. */
export async function deleteTask(
  actor: Actor,
  taskId: string,
): Promise<Result<null, Failure<'TASK_NOT_FOUND'>>> {
  const { count } = await db().task.updateMany({
    where: { ...ownTask(actor, taskId), deletedAt: null },
    data: { deletedAt: new Date() },
  })
  return count === 1 ? ok(null) : refuseUnknownTask(actor, taskId)
}
