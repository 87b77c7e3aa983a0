import { db, type Tx } from '#lib/db/client.ts'

type Account = { userId: string; now: Date }

export type EmailChange = {
  /** The new address, until its link is opened. */
  pending: string | null
  /** The address before the last change, as long as it can undo that. */
  former: { email: string; until: Date } | null
}

export async function getEmailChange({ userId, now }: Account): Promise<EmailChange> {
  const [pending, former] = await Promise.all([
    getPendingEmail(db(), { userId, now }),
    db().formerEmail.findFirst({ where: { userId, expiresAt: { gt: now } } }),
  ])
  return { pending, former: former && { email: former.email, until: former.expiresAt } }
}

export async function getPendingEmail(tx: Tx, { userId, now }: Account): Promise<string | null> {
  const link = await tx.accountLink.findFirst({
    where: { userId, purpose: 'change_email', expiresAt: { gt: now } },
    select: { email: true },
  })
  return link?.email ?? null
}

/** @returns null if no address can undo a change of this account */
export async function getUndoEnd(tx: Tx, { userId, now }: Account): Promise<Date | null> {
  const former = await tx.formerEmail.findFirst({
    where: { userId, expiresAt: { gt: now } },
    select: { expiresAt: true },
  })
  return former?.expiresAt ?? null
}
