import type { Client } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { checkBlockedNetwork } from '#lib/auth/check-blocked-network.ts'
import { hashToken } from '#lib/auth/hash-token.ts'
import type { DeadLink } from '#lib/auth/links/find-link.ts'
import { refuseLink } from '#lib/auth/links/refuse-link.ts'
import { startRecovery } from '#lib/auth/recovery/start-recovery.ts'
import { lockUser } from '#lib/auth/session/lock-user.ts'
import { db, type Tx } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, ok, type Result } from '#lib/result.ts'

type Request = { client: Client; now: Date }

export type UndoableChange = { userId: string; former: string; present: string }

/** For the page that the link opens. Uses nothing up and records nothing. @returns null if the link does not work */
export async function getUndoableChange(token: string, now: Date): Promise<UndoableChange | null> {
  const change = await findChange(db(), token, now)
  return change.ok ? change.value : null
}

/**
 * Gives the account its former address back, and takes it from everyone who has a session or the password.
 * @returns the secret of a link to choose a password; `INVALID_LINK` for any link that does not work; `RATE_LIMITED`
 */
export async function undoEmailChange(
  token: string,
  { client, now }: Request,
): Promise<Result<string, Failure<'INVALID_LINK' | 'RATE_LIMITED'>>> {
  const admitted = await checkBlockedNetwork({ client }, { now })
  if (!admitted.ok) return admitted
  const undone = await db().$transaction((tx) => tryUndo(tx, token, { client, now }))
  return undone.ok ? undone : refuseLink(undone.error, { type: 'email_change_undone', client })
}

async function tryUndo(tx: Tx, token: string, { client, now }: Request): Promise<Result<string, DeadLink>> {
  const found = await findChange(tx, token, now)
  if (!found.ok) return found
  const { userId } = found.value
  await lockUser(tx, userId)
  const change = await findChange(tx, token, now)
  if (!change.ok) return change
  // The trigger guards the address until then, and its own account may always have it.
  const data = { email: change.value.former, emailVerified: now }
  await tx.user.update({ where: { id: userId }, data, select: { id: true } })
  await tx.formerEmail.delete({ where: { userId }, select: { userId: true } })
  await record(tx, { type: 'email_change_undone', client, userId })
  return ok(await startRecovery(tx, { userId, client, now }))
}

async function findChange(tx: Tx, token: string, now: Date): Promise<Result<UndoableChange, DeadLink>> {
  const found = await tx.formerEmail.findUnique({
    where: { tokenHash: hashToken(token) },
    select: {
      userId: true,
      email: true,
      expiresAt: true,
      user: { select: { email: true, disabledAt: true, deletionDueAt: true } },
    },
  })
  if (!found) return err({ reason: 'unknown_link' })
  const { userId, email: former, expiresAt, user } = found
  if (user.disabledAt) return err({ reason: 'account_disabled', userId })
  if (expiresAt <= now) return err({ reason: 'link_expired', userId })
  // It may be half deleted.
  if (user.deletionDueAt && user.deletionDueAt <= now) return err({ reason: 'account_changed', userId })
  return ok({ userId, former, present: user.email })
}
