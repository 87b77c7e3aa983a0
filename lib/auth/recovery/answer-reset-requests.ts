import type { Client } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { createLink } from '#lib/auth/links/create-link.ts'
import { newToken } from '#lib/auth/new-token.ts'
import { LINK_SECONDS } from '#lib/auth/policy.ts'
import { db, type Tx } from '#lib/db/client.ts'
import { queueMail } from '#lib/mail/queue-mail.ts'
import { secondsLater } from '#lib/time.ts'

type Request = { email: string; client: Client }

/** Sends the links that were asked for. Several processes may run it at the same time. */
export async function answerResetRequests(): Promise<void> {
  while (await answerOldest(new Date())) {}
}

/** @returns false if no request waits */
function answerOldest(now: Date): Promise<boolean> {
  return db().$transaction(async (tx) => {
    const [request] = await tx.$queryRaw<Request[]>`
      DELETE FROM password_reset_requests WHERE id = (
        SELECT id FROM password_reset_requests ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING email, client`
    if (request) await answer(tx, request, now)
    return request !== undefined
  })
}

async function answer(tx: Tx, { email, client }: Request, now: Date): Promise<void> {
  const type = 'password_reset_requested'
  const account = await tx.user.findUnique({
    where: { email },
    select: { id: true, email: true, disabledAt: true },
  })
  if (!account) return record(tx, { type, client, failureReason: 'unknown_account', email })
  const { id: userId } = account
  if (account.disabledAt) return record(tx, { type, client, failureReason: 'account_disabled', userId })

  const link = { userId, purpose: 'reset_password', token: newToken(), email: account.email, now } as const
  const queued = await queueMail(tx, {
    kind: 'password_reset',
    to: account.email,
    userId,
    values: { token: link.token },
    expiresAt: secondsLater(now, LINK_SECONDS.reset_password),
  })
  // The link of the last mail stays valid.
  if (!queued.ok) return record(tx, { type, client, failureReason: 'too_many_emails', userId })
  await createLink(tx, link)
  await record(tx, { type, client, userId })
}
