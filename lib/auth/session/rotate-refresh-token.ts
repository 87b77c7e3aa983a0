import type { Client } from '#lib/actor.ts'
import { insertEvents } from '#lib/audit/record.ts'
import { recordSparingly } from '#lib/audit/record-sparingly.ts'
import { hashToken } from '#lib/auth/hash-token.ts'
import type { DatabaseTime } from '#lib/auth/throttle.ts'
import type { Prisma } from '#lib/db/generated/client.ts'
import { type SqlTx, sqlTransaction } from '#lib/db/sql-transaction.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'
import { checkBuckets, type Throttled, takePoints } from '#lib/throttle/consume.ts'
import { secondsLater } from '#lib/time.ts'
import { newId } from '#lib/uuid.ts'
import { judgeRefreshToken, type RefusalReason } from './judge-refresh-token.ts'
import { type LockedToken, lockToken } from './lock-token.ts'
import { newRefreshToken, openSuccessor, sealSuccessor } from './refresh-token.ts'
import { revokeSession } from './revoke-session.ts'
import type { SessionTokens } from './tokens.ts'

type Presentation = DatabaseTime & { client: Client; transport: 'cookie' | 'bearer' }

export type RefusedToken = {
  code: 'INVALID_REFRESH_TOKEN'
  reason: RefusalReason | 'unknown_token' | 'reused' | 'conflicting_cookies'
  userId?: string
  sessionId?: string
}

type ThrottledSession = { code: 'RATE_LIMITED'; throttled: Throttled; userId: string; sessionId: string }

type Rotation = Result<Omit<SessionTokens, 'access'>, RefusedToken | ThrottledSession>

/**
 * Locks the session (docs/decisions/0003-sessions-and-access-tokens.md). Throwing would roll back a revocation.
 * @returns `INVALID_REFRESH_TOKEN` with the reason to record; `RATE_LIMITED`
 */
export function rotateRefreshToken(presented: string, presentation: Presentation): Promise<Rotation> {
  const { client, transport, databaseNow } = presentation
  return sqlTransaction(async (tx) => {
    const token = await lockToken(tx, hashToken(presented))
    if (!token) return refuse({ reason: 'unknown_token' })

    const { session } = token
    const successor = await getSuccessor(tx, token)
    const now = databaseNow ?? token.now
    const owner = { userId: session.userId, sessionId: session.id }
    const judgement = judgeRefreshToken({ token: { ...token, successor }, session, transport, now })
    switch (judgement.verdict) {
      case 'refuse':
        return refuse({ reason: judgement.reason, ...owner })
      case 'reuse': {
        const details = { successor_used: successor?.rotatedAt !== null }
        const revocation = { reason: 'refresh_token_reused', client, now, details } as const
        await revokeSession(tx, { sessionId: session.id, ...revocation })
        return refuse({ reason: 'reused', ...owner })
      }
      case 'replay': {
        const { sealedSuccessor } = token
        if (!successor || !sealedSuccessor) return refuse({ reason: 'raced', ...owner })
        await recordSparingly(tx, { type: 'refresh_token_raced', client, ...owner })
        const secret = openSuccessor(sealedSuccessor, { secret: presented, rowId: token.id })
        return ok(toTokens(session, { token: secret, expiresAt: successor.expiresAt }))
      }
      case 'rotate': {
        const bucket = makeBucket('refresh.session', session.id)
        // Every rotation that takes a point of it holds the session's lock: the room stays until the commit.
        const room = await checkBuckets(tx, [bucket], { databaseNow })
        if (!room.ok) return err({ code: 'RATE_LIMITED', throttled: room.error, ...owner })
        const point = takePoints([bucket], { databaseNow })
        const event = insertEvents([{ type: 'token_refreshed', client, ...owner }])
        const successor = await exchange(tx, { token, presented, now, point, event })
        return ok(toTokens(session, successor))
      }
    }
  })
}

function refuse(refusal: Omit<RefusedToken, 'code'>) {
  return err<RefusedToken>({ code: 'INVALID_REFRESH_TOKEN', ...refusal })
}

/** Null for an unused token. Read under the lock. */
async function getSuccessor(tx: SqlTx, { successorId }: LockedToken) {
  if (!successorId) return null
  const [successor] = await tx.$queryRaw<{ rotatedAt: Date | null; expiresAt: Date }[]>`
    SELECT rotated_at AS "rotatedAt", expires_at AS "expiresAt" FROM refresh_tokens WHERE id = ${successorId}::uuid`
  return successor ?? null
}

type Exchange = { token: LockedToken; presented: string; now: Date; point: Prisma.Sql; event: Prisma.Sql }

/** All writes of a rotation in one statement: the point, the event, the successor, and the used token. */
async function exchange(tx: SqlTx, { token, presented, now, point, event }: Exchange) {
  const { id: rowId, session } = token
  const secret = newRefreshToken()
  const idleEnd = secondsLater(now, nodeEnv().refreshTokenTtlSeconds)
  const expiresAt = new Date(Math.min(idleEnd.getTime(), session.expiresAt.getTime()))
  const id = newId(now)
  // A bearer client never gets the same successor twice: there is nothing to seal.
  const sealedSuccessor =
    session.transport === 'cookie' ? sealSuccessor(secret, { secret: presented, rowId }) : null
  const rotated = await tx.$executeRaw`
    WITH point AS (${point}), event AS (${event}), successor AS (
      INSERT INTO refresh_tokens (id, session_id, token_hash, created_at, expires_at)
      VALUES (${id}::uuid, ${session.id}::uuid, ${hashToken(secret)}, ${now}::timestamptz, ${expiresAt}::timestamptz)
    ), unsealed AS (
      UPDATE refresh_tokens SET sealed_successor = NULL
      WHERE successor_id = ${rowId}::uuid AND sealed_successor IS NOT NULL
    ) UPDATE refresh_tokens
    SET rotated_at = ${now}::timestamptz, successor_id = ${id}::uuid, sealed_successor = ${sealedSuccessor}
    WHERE id = ${rowId}::uuid AND rotated_at IS NULL`
  if (rotated !== 1) throw new Error('A refresh token was rotated without the lock of its session')
  return { token: secret, expiresAt }
}

function toTokens(
  { id, userId, email, expiresAt, persistent }: LockedToken['session'],
  refresh: SessionTokens['refresh'],
): Omit<SessionTokens, 'access'> {
  return { user: { id: userId, email }, session: { id, expiresAt, persistent }, refresh }
}
