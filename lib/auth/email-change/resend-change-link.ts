import type { Actor } from '#lib/actor.ts'
import { lockUser } from '#lib/auth/session/lock-user.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { ok, type Result } from '#lib/result.ts'
import { getPendingEmail } from './get-email-change.ts'
import { throttleChange } from './request-email-change.ts'
import { sendChangeLink } from './send-change-link.ts'

/** The link before it no longer works. @returns whether a change was pending; `RATE_LIMITED` */
export async function resendChangeLink(
  actor: Actor,
  { now }: { now: Date },
): Promise<Result<boolean, Failure<'RATE_LIMITED'>>> {
  const { userId } = actor
  const asked = await getPendingEmail(db(), { userId, now })
  if (!asked) return ok(false)
  const points = await throttleChange(actor, asked)
  if (!points.ok) return points
  return db().$transaction(async (tx) => {
    await lockUser(tx, userId)
    const email = await getPendingEmail(tx, { userId, now })
    if (email !== asked) return ok(false)
    await sendChangeLink(tx, { userId, email, now })
    return ok(true)
  })
}
