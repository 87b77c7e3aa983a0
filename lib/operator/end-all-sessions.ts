import type { Operator } from '#lib/actor.ts'
import { operatorName } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { notifyOwner } from '#lib/auth/recovery/notify-owner.ts'
import { lockUser } from '#lib/auth/session/lock-user.ts'
import { revokeAllSessions } from '#lib/auth/session/revoke-all-sessions.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { isUuid } from '#lib/uuid.ts'

/** @returns the number of sessions ended, `SESSION_BATCH_SIZE` + 1 if there were more; `USER_NOT_FOUND` */
export async function endAllSessions(
  operator: Operator,
  userId: string,
  { now }: { now: Date },
): Promise<Result<number, Failure<'USER_NOT_FOUND'>>> {
  if (!isUuid(userId)) return err({ code: 'USER_NOT_FOUND' })
  const { client } = operator
  const by = operatorName(operator)
  return db().$transaction(async (tx) => {
    if (!(await lockUser(tx, userId))) return err({ code: 'USER_NOT_FOUND' })
    const ended = await revokeAllSessions(tx, {
      userId,
      reason: 'ended_by_operator',
      client,
      now,
      details: { by },
    })
    if (ended === 0) {
      const details = { by, reason: 'ended_by_operator', unchanged: true } as const
      await record(tx, { type: 'session_revoked', client, userId, details })
      return ok(0)
    }
    await notifyOwner(tx, {
      userId,
      client: null,
      now,
      toMail: (values) => ({ kind: 'sessions_ended', values: { ...values, mustChangePassword: false } }),
    })
    return ok(ended)
  })
}
