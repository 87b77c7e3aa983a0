import type { Client } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { recordSparingly } from '#lib/audit/record-sparingly.ts'
import { hashToken } from '#lib/auth/hash-token.ts'
import { db, type Tx } from '#lib/db/client.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'
import { consume, type Throttled } from '#lib/throttle/consume.ts'
import { secondsLater } from '#lib/time.ts'
import { judgeRefreshToken, type RefusalReason } from './judge-refresh-token.ts'
import { type LockedSession, lockSessionOf } from './lock-session.ts'
import { newRefreshToken, openSuccessor, sealSuccessor } from './refresh-token.ts'
import { revokeSession } from './revoke-session.ts'
import type { SessionTokens } from './tokens.ts'

type Refresh = { client: Client; transport: 'cookie' | 'bearer' }
type Tokens = Omit<SessionTokens, 'access'>

/** Why a token is worth nothing, and whose it was as far as it names a session. */
export type Refusal = {
  reason: RefusalReason | 'unknown_token' | 'reused' | 'conflicting_cookies'
  userId?: string
  sessionId?: string
}

/** How a presented token ended: committed as it is, so that a refusal does not undo the revocation it decided. */
export type RotationVerdict = Result<Tokens, Refusal | (Throttled & { userId: string; sessionId: string })>

/**
 * Exchanges a refresh token for its successor, in one transaction under the session's row lock: parallel
 * presentations are decided one after the other, each on what the one before it committed (design 4).
 * @param now only in tests; else the start of the database's transaction
 */
export function rotateRefreshToken(
  presented: string,
  refresh: Refresh,
  now?: Date,
): Promise<RotationVerdict> {
  return db().$transaction(
    async (tx) => {
      const tokenHash = hashToken(presented)
      const session = await lockSessionOf(tx, tokenHash)
      // Read after the lock is held: what a faster racer did to the token is visible only now.
      const token =
        session && (await tx.refreshToken.findUnique({ where: { tokenHash }, include: { successor: true } }))
      if (!token) return err({ reason: 'unknown_token' })

      const at = now ?? session.now
      const account = { userId: session.userId, sessionId: session.id }
      const judgement = judgeRefreshToken(token, session, refresh.transport, at)
      switch (judgement.verdict) {
        case 'refuse':
          return err({ reason: judgement.reason, ...account })
        case 'reuse': {
          const details = { successor_used: token.successor?.rotatedAt !== null }
          await revokeSession(tx, session.id, 'refresh_token_reused', refresh.client, at, details)
          return err({ reason: 'reused', ...account })
        }
        case 'replay': {
          const { successor, sealedSuccessor } = token
          if (!successor || !sealedSuccessor) return err({ reason: 'raced', ...account })
          await recordSparingly(tx, { type: 'refresh_token_raced', client: refresh.client, ...account })
          return answer(session, openSuccessor(sealedSuccessor, presented, token.id), successor.expiresAt)
        }
        case 'rotate': {
          const points = await consume(tx, [makeBucket('refresh.session', session.id)], now)
          if (!points.ok) return err({ ...points.error, ...account })
          const successor = await putSuccessor(tx, session, { id: token.id, secret: presented }, at)
          await record(tx, { type: 'token_refreshed', client: refresh.client, ...account })
          return answer(session, successor.secret, successor.expiresAt)
        }
      }
    },
    { isolationLevel: 'ReadCommitted' },
  )
}

async function putSuccessor(tx: Tx, session: LockedSession, used: { id: string; secret: string }, now: Date) {
  const secret = newRefreshToken()
  const idleEnd = secondsLater(now, nodeEnv().refreshTokenTtlSeconds)
  const expiresAt = new Date(Math.min(idleEnd.getTime(), session.expiresAt.getTime()))
  const successor = await tx.refreshToken.create({
    data: { sessionId: session.id, tokenHash: hashToken(secret), createdAt: now, expiresAt },
    select: { id: true },
  })
  // A bearer client never gets the same successor twice, so there is nothing to seal for it.
  const sealedSuccessor = session.transport === 'cookie' ? sealSuccessor(secret, used.secret, used.id) : null
  await tx.refreshToken.update({
    where: { id: used.id, rotatedAt: null },
    data: { rotatedAt: now, successorId: successor.id, sealedSuccessor },
    select: { id: true },
  })
  await tx.refreshToken.updateMany({ where: { successorId: used.id }, data: { sealedSuccessor: null } })
  return { secret, expiresAt }
}

function answer(
  { id, userId, email, expiresAt, persistent }: LockedSession,
  token: string,
  tokenExpiresAt: Date,
) {
  return ok({
    user: { id: userId, email },
    session: { id, expiresAt, persistent },
    refresh: { token, expiresAt: tokenExpiresAt },
  })
}
