import type { Client } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { startAnew } from '#lib/auth/claim/start-anew.ts'
import type { DeadLink } from '#lib/auth/links/find-link.ts'
import { takeLink } from '#lib/auth/links/take-link.ts'
import type { StoredPassword } from '#lib/auth/password/hash-password.ts'
import { PASSWORD_PURPOSES } from '#lib/auth/policy.ts'
import { revokeAllSessions } from '#lib/auth/session/revoke-all-sessions.ts'
import type { VerifiedCredentials } from '#lib/auth/verify-credentials.ts'
import { db, type Tx } from '#lib/db/client.ts'
import { ok, type Result } from '#lib/result.ts'
import { notifyOwner } from './notify-owner.ts'

type Replacement = { stored: StoredPassword; client: Client; now: Date }

/** Uses the link up with the change. @returns why the link no longer works, with nothing changed */
export function replacePasswordByLink(
  token: string,
  replacement: Replacement,
): Promise<Result<VerifiedCredentials, DeadLink>> {
  const { client, now } = replacement
  return db().$transaction(async (tx) => {
    const link = await takeLink(tx, { token, purposes: PASSWORD_PURPOSES, now })
    if (!link.ok) return link
    const { userId, email, purpose } = link.value
    if (purpose === 'claim_account') return ok(await startAnew(tx, { userId, email, ...replacement }))
    // Whatever else was requested for the account may come from a thief.
    await tx.accountLink.deleteMany({ where: { userId } })
    const passwordChangedAt = await setPassword(tx, { userId, stored: replacement.stored, now })
    await revokeAllSessions(tx, { userId, reason: 'password_changed', client, now })
    await record(tx, { type: 'password_reset', client, userId })
    await notifyOwner(tx, {
      userId,
      client,
      now,
      toMail: (values) => ({ kind: 'password_changed', values: { ...values, by: 'link' } }),
    })
    return ok({ userId, passwordChangedAt, rehashed: null })
  })
}

/** The link proves that the address is the account's. @returns the password's new version */
async function setPassword(
  tx: Tx,
  { userId, stored, now }: { userId: string; stored: StoredPassword; now: Date },
): Promise<Date> {
  const data = { emailVerified: now, passwordChangeRequiredAt: null }
  await tx.user.update({ where: { id: userId }, data, select: { id: true } })
  const before = await tx.password.findUnique({ where: { userId }, select: { changedAt: true } })
  // Greater than the version it replaces even if the clock does not advance: a log-in in flight compares versions.
  const changedAt = new Date(Math.max(now.getTime(), (before?.changedAt.getTime() ?? 0) + 1))
  const password = { ...stored, changedAt }
  await tx.password.upsert({
    where: { userId },
    create: { userId, ...password },
    update: password,
    select: { userId: true },
  })
  return changedAt
}
