import { isAbandoned } from '#lib/auth/claim/is-abandoned.ts'
import { hashToken } from '#lib/auth/hash-token.ts'
import type { LINK_SECONDS } from '#lib/auth/policy.ts'
import type { Tx } from '#lib/db/client.ts'
import { err, ok, type Result } from '#lib/result.ts'

export type LinkPurpose = keyof typeof LINK_SECONDS

export type LinkOwner<Purpose extends LinkPurpose = LinkPurpose> = {
  userId: string
  /** Where the link was sent: the account's address, or the one that it will have. */
  email: string
  /** Null where the link leads to an account of its own. */
  name: string | null
  purpose: Purpose
  hasPassword: boolean
}

/** For the audit trail alone. `unknown_link`: never issued, used, or replaced by a newer one. */
export type DeadLink = {
  reason: 'unknown_link' | 'link_expired' | 'account_changed' | 'account_disabled'
  userId?: string
}

export type Sought<Purpose extends LinkPurpose> = {
  token: string
  /** A page may serve several: the link itself decides. */
  purposes: readonly Purpose[]
  now: Date
}

type Row<Purpose extends LinkPurpose> = LinkOwner<Purpose> &
  Record<'isDisabled' | 'isOver' | 'isOutdated', boolean>

/** Uses nothing up. */
export async function findLink<Purpose extends LinkPurpose>(
  tx: Tx,
  { token, purposes, now }: Sought<Purpose>,
): Promise<Result<LinkOwner<Purpose>, DeadLink>> {
  const [link] = await tx.$queryRaw<Row<Purpose>[]>`
    SELECT users.id AS "userId", links.email, links.purpose,
           CASE WHEN links.purpose <> 'claim_account' THEN users.name END AS name,
           passwords.user_id IS NOT NULL AS "hasPassword",
           users.disabled_at IS NOT NULL AS "isDisabled",
           links.expires_at <= ${now}::timestamptz AS "isOver",
           (links.purpose <> 'change_email' AND users.email <> links.email)
           OR COALESCE(users.deletion_due_at <= ${now}::timestamptz, false)
           OR (links.purpose = 'reset_password' AND (
             COALESCE(users.last_login_at > links.created_at, false) OR
             COALESCE(passwords.changed_at > links.created_at, false)))
           OR (links.purpose = 'claim_account' AND NOT ${isAbandoned(now)}) AS "isOutdated"
    FROM account_links AS links JOIN users ON users.id = links.user_id
    LEFT JOIN passwords ON passwords.user_id = users.id
    WHERE links.token_hash = ${hashToken(token)} AND links.purpose = ANY (${purposes})`
  if (!link) return err({ reason: 'unknown_link' })
  const { isDisabled, isOver, isOutdated, ...owner } = link
  const { userId } = owner
  if (isDisabled) return err({ reason: 'account_disabled', userId })
  if (isOver) return err({ reason: 'link_expired', userId })
  return isOutdated ? err({ reason: 'account_changed', userId }) : ok(owner)
}
