import type { Actor, Client } from '#lib/actor.ts'
import type { Details } from '#lib/audit/new-event.ts'
import { record } from '#lib/audit/record.ts'
import { forgetDevices } from '#lib/auth/known-device.ts'
import { SESSION_BATCH_SIZE } from '#lib/auth/policy.ts'
import type { Tx } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import type { SessionRevokedReason } from '#lib/db/generated/enums.ts'
import { type EndDetails, revokeSessions } from './revoke-session.ts'
import { selectUnrevokedSessions } from './select-sessions.ts'

/**
 * Locks a user's row: whatever starts or ends sessions of an account as a whole takes this lock first (design 4).
 * @returns whether there is such a user
 */
export async function lockUser(tx: Tx, userId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<object[]>`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR UPDATE`
  return rows.length > 0
}

/**
 * Ends every open session of a user whose row the transaction has locked, so that no new one can appear meanwhile,
 * and forgets all of the account's known devices.
 * @returns how many they were; `SESSION_BATCH_SIZE` + 1 stands for all that is more
 */
export async function revokeAllSessions(
  tx: Tx,
  userId: string,
  reason: Details<'session_revoked'>['reason'],
  client: Client,
  now?: Date,
  details?: EndDetails,
): Promise<number> {
  await forgetDevices(tx, userId)
  return revokeAllBut(tx, userId, [], reason, client, now, details)
}

/**
 * Likewise, ends all of the actor's sessions but the one they act by, which the events name.
 * @param deviceToken the device cookie of the acting browser, the one device that stays known
 */
export async function revokeOtherSessions(
  tx: Tx,
  { userId, sessionId, client }: Actor,
  deviceToken: string | undefined,
  now?: Date,
): Promise<void> {
  await forgetDevices(tx, userId, deviceToken)
  const details = { by_session: sessionId }
  await revokeAllBut(tx, userId, [sessionId], 'logged_out_elsewhere', client, now, details)
}

/**
 * Ends all open sessions of a locked user but a few. The work is the same for any number of them: 200 rows get their
 * reason and an event each; the others, if there are more, end by the user's epoch (docs/decisions/0019-ending-all-sessions.md).
 * @returns as `revokeAllSessions`
 */
export async function revokeAllBut(
  tx: Tx,
  userId: string,
  kept: string[],
  reason: Details<'session_revoked'>['reason'],
  client: Client,
  now = new Date(),
  details: EndDetails = {},
): Promise<number> {
  const open = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM (${selectUnrevokedSessions(Prisma.sql`${userId}::uuid`)}) AS open
    WHERE id <> ALL (${kept}::uuid[]) ORDER BY last_seen_at DESC, id DESC LIMIT ${SESSION_BATCH_SIZE + 1}`
  const first = open.slice(0, SESSION_BATCH_SIZE).map(({ id }) => id)
  const ended = await revokeSessions(tx, first, reason, client, now, details)
  if (open.length <= SESSION_BATCH_SIZE) return ended
  await startEpoch(tx, userId, kept, reason, now)
  const more = { ...details, reason, more_than: SESSION_BATCH_SIZE }
  await record(tx, { type: 'session_revoked', client, userId, details: more })
  return open.length
}

/** Ends all sessions of a user's epoch in two writes of a few rows. One to keep that is over already stays so. */
async function startEpoch(tx: Tx, userId: string, kept: string[], reason: SessionRevokedReason, now: Date) {
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
