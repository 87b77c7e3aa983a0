import type { Tx } from '#lib/db/client.ts'
import type { PresentedSession } from './judge-refresh-token.ts'

export type LockedSession = PresentedSession & {
  id: string
  userId: string
  email: string
  persistent: boolean
  /** The start of the transaction, by the database's clock. */
  now: Date
}

/** Locks the row of a refresh token's session: parallel presentations of its tokens wait here. */
export async function lockSessionOf(tx: Tx, tokenHash: Uint8Array): Promise<LockedSession | undefined> {
  const [session] = await tx.$queryRaw<LockedSession[]>`
    SELECT sessions.id, sessions.user_id AS "userId", sessions.transport::text, sessions.persistent,
           sessions.expires_at AS "expiresAt",
           sessions.revoked_at IS NOT NULL OR sessions.epoch < users.session_epoch AS "isRevoked",
           users.email, users.disabled_at AS "accountDisabledAt", now() AS now
    FROM refresh_tokens
    JOIN sessions ON sessions.id = refresh_tokens.session_id
    JOIN users ON users.id = sessions.user_id
    WHERE refresh_tokens.token_hash = ${tokenHash} FOR UPDATE OF sessions`
  return session
}
