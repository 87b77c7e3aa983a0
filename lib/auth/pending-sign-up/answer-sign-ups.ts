import type { Client } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { offerClaim } from '#lib/auth/claim/offer-claim.ts'
import { hashToken } from '#lib/auth/hash-token.ts'
import { newToken } from '#lib/auth/new-token.ts'
import { db, type Tx } from '#lib/db/client.ts'
import { queueMail } from '#lib/mail/queue-mail.ts'

type Pending = { id: string; email: string; client: Client; expiresAt: Date }

/** Mails the owners of the addresses. Several processes may run it at the same time. */
export async function answerSignUps(): Promise<void> {
  while (await answerOldest(new Date())) {}
}

/** @returns false if none waits */
function answerOldest(now: Date): Promise<boolean> {
  return db().$transaction(async (tx) => {
    const [pending] = await tx.$queryRaw<Pending[]>`
      SELECT id, email, client, expires_at AS "expiresAt" FROM pending_sign_ups WHERE token_hash IS NULL
      ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED`
    if (!pending) return false
    const isWaiting = await answer(tx, pending, now)
    if (!isWaiting) await tx.pendingSignUp.delete({ where: { id: pending.id }, select: { id: true } })
    return true
  })
}

/** @returns whether the sign-up waits for its link */
async function answer(tx: Tx, { id, email, client, expiresAt }: Pending, now: Date): Promise<boolean> {
  const account = await tx.user.findUnique({
    where: { email },
    select: { id: true, email: true, disabledAt: true },
  })
  if (!account) {
    if (await tx.formerEmail.findFirst({ where: { email } })) return false
    const token = newToken()
    const values = { token }
    const queued = await queueMail(tx, { kind: 'confirm_email', to: email, userId: null, values, expiresAt })
    if (!queued.ok) return false
    const data = { tokenHash: hashToken(token) }
    await tx.pendingSignUp.update({ where: { id }, data, select: { id: true } })
    return true
  }
  const { id: userId } = account
  await record(tx, { type: 'signup', client, failureReason: 'email_taken', userId })
  if (account.disabledAt || (await offerClaim(tx, { userId, now }))) return false
  await queueMail(tx, { kind: 'sign_up_attempted', to: account.email, userId, values: { client, at: now } })
  return false
}
