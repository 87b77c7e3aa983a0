import type { Actor } from '#lib/actor.ts'
import { recordDenied } from '#lib/audit/record-denied.ts'
import { db } from '#lib/db/client.ts'
import { err } from '#lib/result.ts'
import { whereAnyTask } from './where-own-task.ts'

/** Returns `TASK_NOT_FOUND` for every task that the actor cannot use, and records an attempt on another user's task. */
export async function denyTask(actor: Actor, taskId: string) {
  const foreign = await db().task.findFirst({
    where: { ...whereAnyTask(taskId), userId: { not: actor.userId } },
    select: { id: true },
  })
  if (foreign) await recordDenied(actor, { failureReason: 'foreign_task', details: { task_id: taskId } })
  return err({ code: 'TASK_NOT_FOUND' } as const)
}
