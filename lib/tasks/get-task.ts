import type { Actor } from '#lib/audit/events'
import { db } from '#lib/db/client'
import type { Failure } from '#lib/failure'
import { ok, type Result } from '#lib/result'
import { ownTask } from './own-task'
import { refuseUnknownTask } from './refuse-unknown-task'
import { TASK_COLUMNS, type Task } from './task'

/** One task of the actor's, or `TASK_NOT_FOUND`. */
export async function getTask(
  actor: Actor,
  taskId: string,
): Promise<Result<Task, Failure<'TASK_NOT_FOUND'>>> {
  const task = await db().task.findFirst({
    where: { ...ownTask(actor, taskId), deletedAt: null },
    select: TASK_COLUMNS,
  })
  return task ? ok(task) : refuseUnknownTask(actor, taskId)
}
