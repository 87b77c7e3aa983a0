import type { Actor } from '#lib/actor.ts'
import type { Tx } from '#lib/db/client.ts'
import { getRevokedReason } from './session/get-revoked-reason.ts'

type ConfirmedAccount = { role: 'user' | 'admin'; email: string }

/**
 * Locks the user's row after the password was confirmed.
 * @param changedAt the version of the confirmed password
 * @returns null if the account was disabled, the password changed or the session ended in the meantime
 */
export async function lockConfirmedAccount(
  tx: Tx,
  { userId, sessionId }: Actor,
  changedAt: Date,
): Promise<ConfirmedAccount | null> {
  const [account] = await tx.$queryRaw<ConfirmedAccount[]>`
    SELECT users.role::text, users.email FROM users JOIN passwords ON passwords.user_id = users.id
    WHERE users.id = ${userId}::uuid AND users.disabled_at IS NULL
      AND passwords.changed_at = ${changedAt}::timestamptz FOR UPDATE OF users`
  return account && (await getRevokedReason(tx, sessionId)) === null ? account : null
}
