import { hashToken } from '#lib/auth/hash-token.ts'
import { LINK_SECONDS } from '#lib/auth/policy.ts'
import type { Tx } from '#lib/db/client.ts'
import { secondsLater } from '#lib/time.ts'
import type { LinkPurpose } from './find-link.ts'

type NewLink = { userId: string; purpose: LinkPurpose; token: string; email: string; now: Date }

/** Replaces the account's earlier link of this purpose: only the newest works. */
export async function createLink(tx: Tx, { userId, purpose, token, email, now }: NewLink): Promise<void> {
  const expiresAt = secondsLater(now, LINK_SECONDS[purpose])
  const data = { tokenHash: hashToken(token), email, createdAt: now, expiresAt }
  await tx.accountLink.upsert({
    where: { userId_purpose: { userId, purpose } },
    create: { userId, purpose, ...data },
    update: data,
    select: { userId: true },
  })
}
