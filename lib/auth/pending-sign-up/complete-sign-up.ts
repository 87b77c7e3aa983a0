import type { Client } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { hashToken } from '#lib/auth/hash-token.ts'
import type { StoredPassword } from '#lib/auth/password/hash-password.ts'
import { db, type Tx } from '#lib/db/client.ts'

type Use = { token: string; client: Client; now: Date }

/** @returns the address; null if no sign-up waits for a link with this secret */
export async function getPendingEmail(token: string, now: Date): Promise<string | null> {
  const pending = await db().pendingSignUp.findUnique({
    where: { tokenHash: hashToken(token), expiresAt: { gt: now } },
    select: { email: true },
  })
  return pending?.email ?? null
}

/**
 * Creates the account, with the password of the sign-up whose link is followed.
 * @returns its address
 * @throws the unique index's error if the address has an account by now
 */
export async function completeSignUp(tx: Tx, { token, client, now }: Use): Promise<string | null> {
  const [pending] = await tx.$queryRaw<({ email: string; name: string | null } & StoredPassword)[]>`
    DELETE FROM pending_sign_ups WHERE token_hash = ${hashToken(token)} AND expires_at > ${now}::timestamptz
    RETURNING email, name, hash, scheme, cost, pepper_id AS "pepperId"`
  if (!pending) return null
  const { email, name, ...stored } = pending
  const password = { create: { ...stored, changedAt: now } }
  const data = { email, name, emailVerified: now, password }
  const { id: userId } = await tx.user.create({ data, select: { id: true } })
  await tx.pendingSignUp.deleteMany({ where: { email } })
  await record(tx, { type: 'signup', client, userId })
  return email
}
