import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { ok, type Result } from '#lib/result.ts'
import { ownTask } from './own-task.ts'
import { refuseUnknownTask } from './refuse-unknown-task.ts'
import { TASK_COLUMNS, type Task } from './task.ts'

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
