import type { Client } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { recordSparingly } from '#lib/audit/record-sparingly.ts'
import { hashToken } from '#lib/auth/hash-token.ts'
import type { DatabaseTime } from '#lib/auth/throttle.ts'
import { db, type Tx } from '#lib/db/client.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'
import { consume, type Throttled } from '#lib/throttle/consume.ts'
import { secondsLater } from '#lib/time.ts'
import { newId } from '#lib/uuid.ts'
import { judgeRefreshToken, type RefusalReason } from './judge-refresh-token.ts'
import { type LockedSession, lockSessionOf } from './lock-session.ts'
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
  return db().$transaction(async (tx) => {
    const tokenHash = hashToken(presented)
    const session = await lockSessionOf(tx, tokenHash)
    // Read under the lock, so that it shows what a faster request has done to the token.
    const token =
      session && (await tx.refreshToken.findUnique({ where: { tokenHash }, include: { successor: true } }))
    if (!token) return refuse({ reason: 'unknown_token' })

    const now = databaseNow ?? session.now
    const owner = { userId: session.userId, sessionId: session.id }
    const judgement = judgeRefreshToken({ token, session, transport, now })
    switch (judgement.verdict) {
      case 'refuse':
        return refuse({ reason: judgement.reason, ...owner })
      case 'reuse': {
        const details = { successor_used: token.successor?.rotatedAt !== null }
        const revocation = { reason: 'refresh_token_reused', client, now, details } as const
        await revokeSession(tx, { sessionId: session.id, ...revocation })
        return refuse({ reason: 'reused', ...owner })
      }
      case 'replay': {
        const { successor, sealedSuccessor } = token
        if (!successor || !sealedSuccessor) return refuse({ reason: 'raced', ...owner })
        await recordSparingly(tx, { type: 'refresh_token_raced', client, ...owner })
        const secret = openSuccessor(sealedSuccessor, { secret: presented, rowId: token.id })
        return ok(toTokens(session, { token: secret, expiresAt: successor.expiresAt }))
      }
      case 'rotate': {
        const points = await consume(tx, [makeBucket('refresh.session', session.id)], { databaseNow })
        if (!points.ok) return err({ code: 'RATE_LIMITED', throttled: points.error, ...owner })
        const used = { secret: presented, rowId: token.id }
        const successor = await insertSuccessor(tx, { session, used, now })
        await record(tx, { type: 'token_refreshed', client, ...owner })
        return ok(toTokens(session, successor))
      }
    }
  })
}

function refuse(refusal: Omit<RefusedToken, 'code'>) {
  return err<RefusedToken>({ code: 'INVALID_REFRESH_TOKEN', ...refusal })
}

type Exchange = { session: LockedSession; used: { secret: string; rowId: string }; now: Date }

async function insertSuccessor(tx: Tx, { session, used, now }: Exchange) {
  const token = newRefreshToken()
  const idleEnd = secondsLater(now, nodeEnv().refreshTokenTtlSeconds)
  const expiresAt = new Date(Math.min(idleEnd.getTime(), session.expiresAt.getTime()))
  const id = newId(now)
  // A bearer client never gets the same successor twice: there is nothing to seal.
  const sealedSuccessor = session.transport === 'cookie' ? sealSuccessor(token, used) : null
  const rotated = await tx.$executeRaw`
    WITH successor AS (
      INSERT INTO refresh_tokens (id, session_id, token_hash, created_at, expires_at)
      VALUES (${id}::uuid, ${session.id}::uuid, ${hashToken(token)}, ${now}::timestamptz, ${expiresAt}::timestamptz)
    ) UPDATE refresh_tokens
    SET rotated_at = ${now}::timestamptz, successor_id = ${id}::uuid, sealed_successor = ${sealedSuccessor}
    WHERE id = ${used.rowId}::uuid AND rotated_at IS NULL`
  if (rotated !== 1) throw new Error('A refresh token was rotated without the lock of its session')
  if (sealedSuccessor) {
    await tx.refreshToken.updateMany({ where: { successorId: used.rowId }, data: { sealedSuccessor: null } })
  }
  return { token, expiresAt }
}

function toTokens(
  { id, userId, email, expiresAt, persistent }: LockedSession,
  refresh: SessionTokens['refresh'],
): Omit<SessionTokens, 'access'> {
  return { user: { id: userId, email }, session: { id, expiresAt, persistent }, refresh }
}
