import type { Client } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { type DeadLink, findLink, takeLink } from '#lib/auth/links/find-link.ts'
import type { StoredPassword } from '#lib/auth/password/hash-password.ts'
import { lockUser } from '#lib/auth/session/lock-user.ts'
import { revokeAllSessions } from '#lib/auth/session/revoke-all-sessions.ts'
import type { VerifiedCredentials } from '#lib/auth/verify-credentials.ts'
import { db, type Tx } from '#lib/db/client.ts'
import { queueMail } from '#lib/mail/queue-mail.ts'
import { err, ok, type Result } from '#lib/result.ts'

type Replacement = { userId: string; stored: StoredPassword; client: Client; now: Date }

/** Uses the link up with the change. @returns why the link no longer works, with nothing changed */
export function replacePasswordByLink(
  token: string,
  { userId, ...replacement }: Replacement,
): Promise<Result<VerifiedCredentials, DeadLink>> {
  const { client, now } = replacement
  return db().$transaction(async (tx) => {
    // A log-in, a change of the password and a disabling take the same lock.
    await lockUser(tx, userId)
    const link = await findLink(tx, { token, purpose: 'reset_password', now })
    if (!link.ok) return link
    if (!(await takeLink(tx, token))) return err({ reason: 'unknown_link' })
    // Whatever else was requested for the account may come from a thief.
    await tx.accountLink.deleteMany({ where: { userId } })
    const passwordChangedAt = await setPassword(tx, { userId, ...replacement })
    await revokeAllSessions(tx, { userId, reason: 'password_changed', client, now })
    await record(tx, { type: 'password_reset', client, userId })
    const { email } = link.value
    // A recipient with too many of these knows already.
    await queueMail(tx, { kind: 'password_changed', to: email, userId, values: { client, at: now } })
    return ok({ userId, passwordChangedAt, rehashed: null })
  })
}

/** The link proves that the address is the account's. @returns the password's new version */
async function setPassword(tx: Tx, { userId, stored, now }: Omit<Replacement, 'client'>): Promise<Date> {
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
