import { hashToken } from '#lib/auth/hash-token.ts'
import type { LINK_SECONDS } from '#lib/auth/policy.ts'
import type { Tx } from '#lib/db/client.ts'
import { err, ok, type Result } from '#lib/result.ts'

export type LinkPurpose = keyof typeof LINK_SECONDS

export type LinkOwner = { userId: string; email: string; name: string | null }

/** For the audit trail alone. `unknown_link`: never issued, used, or replaced by a newer one. */
export type DeadLink = {
  reason: 'unknown_link' | 'link_expired' | 'account_changed' | 'account_disabled'
  userId?: string
}

type Sought = { token: string; purpose: LinkPurpose; now: Date }

/** Uses nothing up. */
export async function findLink(
  tx: Tx,
  { token, purpose, now }: Sought,
): Promise<Result<LinkOwner, DeadLink>> {
  const [link] = await tx.$queryRaw<(LinkOwner & Record<'isDisabled' | 'isOver' | 'isOutdated', boolean>)[]>`
    SELECT users.id AS "userId", users.email, users.name,
           users.disabled_at IS NOT NULL AS "isDisabled",
           links.expires_at <= ${now}::timestamptz AS "isOver",
           users.email <> links.email OR (purpose = 'reset_password' AND (
             COALESCE(users.last_login_at > links.created_at, false) OR
             COALESCE(passwords.changed_at > links.created_at, false))) AS "isOutdated"
    FROM account_links AS links JOIN users ON users.id = links.user_id
    LEFT JOIN passwords ON passwords.user_id = users.id
    WHERE links.token_hash = ${hashToken(token)} AND links.purpose = ${purpose}`
  if (!link) return err({ reason: 'unknown_link' })
  const { isDisabled, isOver, isOutdated, ...owner } = link
  const { userId } = owner
  if (isDisabled) return err({ reason: 'account_disabled', userId })
  if (isOver) return err({ reason: 'link_expired', userId })
  return isOutdated ? err({ reason: 'account_changed', userId }) : ok(owner)
}

/** Decides between parallel uses. @returns false if the link was used or replaced in the meantime */
export async function takeLink(tx: Tx, token: string): Promise<boolean> {
  const { count } = await tx.accountLink.deleteMany({ where: { tokenHash: hashToken(token) } })
  return count === 1
}
