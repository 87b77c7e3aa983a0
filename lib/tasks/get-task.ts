import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { ok, type Result } from '#lib/result.ts'
import { denyTask } from './deny-task.ts'
import { TASK_COLUMNS, type Task } from './task.ts'
import { whereOwnTask } from './where-own-task.ts'

/** @returns one of the actor's tasks; `TASK_NOT_FOUND` for a missing, deleted, foreign or malformed id */
export async function getTask(
  actor: Actor,
  taskId: string,
): Promise<Result<Task, Failure<'TASK_NOT_FOUND'>>> {
  const task = await db().task.findFirst({
    where: { ...whereOwnTask(actor, taskId), deletedAt: null },
    select: TASK_COLUMNS,
  })
  return task ? ok(task) : denyTask(actor, taskId)
}
