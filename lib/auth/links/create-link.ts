import { hashToken } from '#lib/auth/hash-token.ts'
import { LINK_SECONDS } from '#lib/auth/policy.ts'
import type { Tx } from '#lib/db/client.ts'
import { secondsLater } from '#lib/time.ts'
import type { LinkPurpose } from './find-link.ts'

type NewLink = { userId: string; purpose: LinkPurpose; token: string; email: string; now: Date }

/**
 * Replaces the account's earlier link of this purpose: only the newest works. Links that secure an account are exempt
 * (docs/decisions/0049-notices-and-securing-an-account.md).
 */
export async function createLink(tx: Tx, { userId, purpose, token, email, now }: NewLink): Promise<void> {
  const expiresAt = secondsLater(now, LINK_SECONDS[purpose])
  await tx.$executeRaw`
    INSERT INTO account_links (token_hash, user_id, purpose, email, created_at, expires_at)
    VALUES (${hashToken(token)}, ${userId}::uuid, ${purpose}, ${email}, ${now}::timestamptz, ${expiresAt}::timestamptz)
    ON CONFLICT (user_id, purpose) WHERE purpose <> 'secure_account' DO UPDATE SET
      (token_hash, email, created_at, expires_at) =
      (excluded.token_hash, excluded.email, excluded.created_at, excluded.expires_at)`
}
