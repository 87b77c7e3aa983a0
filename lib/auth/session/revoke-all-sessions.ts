import type { Actor } from '#lib/actor.ts'
import type { Details } from '#lib/audit/new-event.ts'
import { record } from '#lib/audit/record.ts'
import { dropPendingChange } from '#lib/auth/email-change/cancel-email-change.ts'
import { SESSION_BATCH_SIZE } from '#lib/auth/policy.ts'
import { forgetDevices } from '#lib/auth/remember-device.ts'
import type { Tx } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import type { SessionRevokedReason } from '#lib/db/generated/enums.ts'
import { type Revocation, revokeSessions } from './revoke-session.ts'
import { selectUnrevokedSessions } from './select-sessions.ts'

/** The transaction holds `lockUser`, so that no session starts meanwhile. */
type AccountRevocation = Revocation<Details<'session_revoked'>['reason']> & { userId: string }

/** @returns how many sessions ended, at most `SESSION_BATCH_SIZE` + 1 */
export async function revokeAllSessions(tx: Tx, revocation: AccountRevocation): Promise<number> {
  const { userId } = revocation
  await forgetDevices(tx, { userId })
  // A thief in one of the sessions may have asked for it.
  await dropPendingChange(tx, userId)
  return revokeSessionsExcept(tx, { ...revocation, kept: [] })
}

type OtherSessions = {
  actor: Actor
  /** The device cookie of the acting browser, the one device that stays known. */
  deviceToken: string | undefined
  now: Date
}

export async function revokeOtherSessions(
  tx: Tx,
  { actor: { userId, sessionId, client }, deviceToken, now }: OtherSessions,
): Promise<void> {
  await forgetDevices(tx, { userId, keptToken: deviceToken })
  const details = { by_session: sessionId }
  const reason = 'logged_out_elsewhere'
  await revokeSessionsExcept(tx, { userId, kept: [sessionId], reason, client, now, details })
}

/** 200 sessions get a reason and an event each, others end by epoch (docs/decisions/0019-ending-all-sessions.md). */
export async function revokeSessionsExcept(
  tx: Tx,
  { userId, kept, ...revocation }: AccountRevocation & { kept: string[] },
): Promise<number> {
  const open = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM (${selectUnrevokedSessions(Prisma.sql`${userId}::uuid`)}) AS open
    WHERE id <> ALL (${kept}::uuid[]) ORDER BY last_seen_at DESC, id DESC LIMIT ${SESSION_BATCH_SIZE + 1}`
  const sessionIds = open.slice(0, SESSION_BATCH_SIZE).map(({ id }) => id)
  const ended = await revokeSessions(tx, { sessionIds, ...revocation })
  if (open.length <= SESSION_BATCH_SIZE) return ended
  const { reason, client, now, details } = revocation
  await raiseEpoch(tx, { userId, kept, reason, now })
  const more = { ...details, reason, more_than: SESSION_BATCH_SIZE }
  await record(tx, { type: 'session_revoked', client, userId, details: more })
  return open.length
}

type Epoch = { userId: string; kept: string[]; reason: SessionRevokedReason; now: Date }

/** Ends all sessions of the user's epoch. A kept session that has ended stays so. */
async function raiseEpoch(tx: Tx, { userId, kept, reason, now }: Epoch): Promise<void> {
  const { sessionEpoch } = await tx.user.update({
    where: { id: userId },
    data: { sessionEpoch: { increment: 1 } },
    select: { sessionEpoch: true },
  })
  const epoch = sessionEpoch - 1
  await tx.sessionEnding.create({ data: { userId, epoch, reason, endedAt: now }, select: { epoch: true } })
  await tx.session.updateMany({
    where: { id: { in: kept }, userId, epoch, revokedAt: null },
    data: { epoch: sessionEpoch },
  })
}
