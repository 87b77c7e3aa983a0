import type { Client } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { SessionCookies } from '#lib/gate/credentials.ts'
import { verifyAccessToken } from '#lib/gate/verify-access-token.ts'
import { hashToken } from './hash-token.ts'
import { isSessionActive, SESSION_STATE } from './session/is-session-active.ts'
import { revokeSession } from './session/revoke-session.ts'

/** Ends a session. Its access and refresh tokens are refused from the next request on. */
export async function logOut(sessionId: string, client: Client, now?: Date): Promise<void> {
  await db().$transaction((tx) => revokeSession(tx, sessionId, 'logged_out', client, now))
}

type NamedSession = { id: string; userId: string; isActive: boolean }

/**
 * Ends every session that a browser's cookies name: by a valid access token, or by a refresh token, used or not, since
 * the access token may have expired. With cookies planted beside its own that is more than one; holding a token is
 * enough to give it up.
 * @param account the user whose page asks for it; null for a page that names none
 * @returns false, and nothing ended, where the browser is logged in to other accounts than the page's
 */
export async function logOutBrowser(
  { accessTokens, refreshTokens }: Pick<SessionCookies, 'accessTokens' | 'refreshTokens'>,
  client: Client,
  account: string | null,
  now = new Date(),
): Promise<boolean> {
  const [byAccess, byRefresh] = await Promise.all([
    sessionsOfAccess(accessTokens, now),
    sessionsOfRefresh(refreshTokens, now),
  ])
  const named = [...byAccess, ...byRefresh]
  const active = named.filter((session) => session.isActive)
  if (account !== null && active.length > 0 && !active.some(({ userId }) => userId === account)) return false
  for (const sessionId of new Set(named.map(({ id }) => id))) await logOut(sessionId, client, now)
  return true
}

async function sessionsOfAccess(tokens: string[], now: Date): Promise<NamedSession[]> {
  const claims = await Promise.all(tokens.map((token) => verifyAccessToken(token, now)))
  const named = claims.flatMap((claim) => (claim.ok ? [claim.value] : []))
  if (named.length === 0) return []
  const sessions = await db().session.findMany({
    where: { OR: named.map(({ sessionId, userId }) => ({ id: sessionId, userId })) },
    select: { id: true, userId: true, ...SESSION_STATE },
  })
  return sessions.map((session) => toNamed(session, now))
}

async function sessionsOfRefresh(tokens: string[], now: Date): Promise<NamedSession[]> {
  if (tokens.length === 0) return []
  const found = await db().refreshToken.findMany({
    where: { tokenHash: { in: tokens.map(hashToken) }, session: { transport: 'cookie' } },
    select: { session: { select: { id: true, userId: true, ...SESSION_STATE } } },
  })
  return found.map(({ session }) => toNamed(session, now))
}

function toNamed(session: Parameters<typeof isSessionActive>[0] & { id: string; userId: string }, now: Date) {
  return { id: session.id, userId: session.userId, isActive: isSessionActive(session, now) }
}
