import type { SqlTx } from '#lib/db/sql-transaction.ts'
import type { PresentedSession } from './judge-refresh-token.ts'

/** A refresh token and its session, as they are under the lock. */
export type LockedToken = {
  id: string
  expiresAt: Date
  rotatedAt: Date | null
  successorId: string | null
  sealedSuccessor: Uint8Array | null
  session: PresentedSession & { id: string; userId: string; email: string; persistent: boolean }
  /** The start of the transaction, by the database's clock. */
  now: Date
}

type Row = Omit<LockedToken, 'session'> &
  Omit<LockedToken['session'], 'id' | 'expiresAt'> & { sessionId: string; sessionExpiresAt: Date }

/**
 * Locks the rows of a refresh token and its session: parallel presentations of the session's tokens wait here. After a
 * wait PostgreSQL reads both rows again, so that they show what a faster request has done.
 */
export async function lockToken(tx: SqlTx, tokenHash: Uint8Array): Promise<LockedToken | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    SELECT refresh_tokens.id, refresh_tokens.expires_at AS "expiresAt", refresh_tokens.rotated_at AS "rotatedAt",
           refresh_tokens.successor_id AS "successorId", refresh_tokens.sealed_successor AS "sealedSuccessor",
           sessions.id AS "sessionId", sessions.user_id AS "userId", sessions.transport::text, sessions.persistent,
           sessions.expires_at AS "sessionExpiresAt",
           sessions.revoked_at IS NOT NULL OR sessions.epoch < users.session_epoch AS "isRevoked",
           users.email, users.disabled_at AS "accountDisabledAt", now() AS now
    FROM refresh_tokens
    JOIN sessions ON sessions.id = refresh_tokens.session_id
    JOIN users ON users.id = sessions.user_id
    WHERE refresh_tokens.token_hash = ${tokenHash} FOR UPDATE OF sessions, refresh_tokens`
  if (!row) return null
  const {
    sessionId,
    sessionExpiresAt,
    userId,
    email,
    transport,
    persistent,
    isRevoked,
    accountDisabledAt,
    ...token
  } = row
  const session = {
    id: sessionId,
    expiresAt: sessionExpiresAt,
    userId,
    email,
    transport,
    persistent,
    isRevoked,
    accountDisabledAt,
  }
  return { ...token, session }
}
