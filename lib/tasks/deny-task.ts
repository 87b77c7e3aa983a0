import type { Actor } from '#lib/actor.ts'
import { recordDenied } from '#lib/audit/record-denied.ts'
import { db } from '#lib/db/client.ts'
import { err } from '#lib/result.ts'
import { isUuid } from '#lib/uuid.ts'

/** Returns `TASK_NOT_FOUND` for every task that the actor cannot use, and records an attempt on another user's task. */
export async function denyTask(actor: Actor, taskId: string) {
  const where = { id: taskId, userId: { not: actor.userId } }
  const isForeign = isUuid(taskId) && (await db().task.count({ where })) > 0
  if (isForeign) await recordDenied(actor, { failureReason: 'foreign_task', details: { task_id: taskId } })
  return err({ code: 'TASK_NOT_FOUND' } as const)
}
