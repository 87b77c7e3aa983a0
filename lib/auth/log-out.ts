import type { Client } from '#lib/audit/events'
import { db } from '#lib/db/client'
import type { SessionCookies } from './edge/credentials'
import { verifyAccessToken } from './edge/verify-access-token'
import { hashRefreshToken } from './session/refresh-token'
import { revokeSession } from './session/revoke-session'

/** Ends a session. Its access and refresh tokens are refused from the next request on. */
export async function logOut(sessionId: string, client: Client, now?: Date): Promise<void> {
  await db().$transaction((tx) => revokeSession(tx, sessionId, 'logged_out', client, now))
}

/**
 * Ends every session that a browser's cookies name: by a valid access token, or by a refresh token, used or not, since
 * the access token may have expired. With cookies planted beside its own that is more than one; holding a token is
 * enough to give it up.
 */
export async function logOutBrowser(
  { accessTokens, refreshTokens }: Pick<SessionCookies, 'accessTokens' | 'refreshTokens'>,
  client: Client,
  now = new Date(),
): Promise<void> {
  const [byAccess, byRefresh] = await Promise.all([
    sessionsOfAccess(accessTokens, now),
    sessionsOfRefresh(refreshTokens),
  ])
  for (const sessionId of new Set([...byAccess, ...byRefresh])) await logOut(sessionId, client, now)
}

async function sessionsOfAccess(tokens: string[], now: Date): Promise<string[]> {
  const claims = await Promise.all(tokens.map((token) => verifyAccessToken(token, now)))
  const named = claims.flatMap((claim) => (claim.ok ? [claim.value] : []))
  if (named.length === 0) return []
  const sessions = await db().session.findMany({
    where: { OR: named.map(({ sessionId, userId }) => ({ id: sessionId, userId })) },
    select: { id: true },
  })
  return sessions.map(({ id }) => id)
}

async function sessionsOfRefresh(tokens: string[]): Promise<string[]> {
  if (tokens.length === 0) return []
  const found = await db().refreshToken.findMany({
    where: { tokenHash: { in: tokens.map(hashRefreshToken) }, session: { transport: 'cookie' } },
    select: { sessionId: true },
  })
  return found.map(({ sessionId }) => sessionId)
}
