import type { Client } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { SessionCookies } from '#lib/gate/credentials.ts'
import { verifyAccessToken } from '#lib/gate/verify-access-token.ts'
import { hashToken } from './hash-token.ts'
import { isSessionActive, SESSION_STATE } from './session/is-session-active.ts'
import { revokeSession } from './session/revoke-session.ts'

export async function logOut(
  sessionId: string,
  { client, now }: { client: Client; now: Date },
): Promise<void> {
  await db().$transaction((tx) => revokeSession(tx, { sessionId, reason: 'logged_out', client, now }))
}

type LogOutRequest = {
  client: Client
  /** The user whose page asks; null if it names none. */
  account: string | null
  now: Date
}

/**
 * Ends every session that a valid access token or any refresh token of the browser names. Needs no valid access token.
 * @returns false, with no session ended, if the browser is logged in to other accounts than the page's
 */
export async function logOutBrowser(
  { accessTokens, refreshTokens }: Pick<SessionCookies, 'accessTokens' | 'refreshTokens'>,
  { client, account, now }: LogOutRequest,
): Promise<boolean> {
  const [byAccess, byRefresh] = await Promise.all([
    findByAccessTokens(accessTokens, now),
    findByRefreshTokens(refreshTokens),
  ])
  const sessions = [...byAccess, ...byRefresh]
  const active = sessions.filter((session) => isSessionActive(session, now))
  if (account !== null && active.length > 0 && !active.some(({ userId }) => userId === account)) return false
  for (const id of new Set(sessions.map((session) => session.id))) await logOut(id, { client, now })
  return true
}

const OWNED_SESSION = { id: true, userId: true, ...SESSION_STATE } as const

async function findByAccessTokens(tokens: string[], now: Date) {
  const verified = await Promise.all(tokens.map((token) => verifyAccessToken(token, now)))
  const claims = verified.flatMap((result) => (result.ok ? [result.value] : []))
  if (claims.length === 0) return []
  return db().session.findMany({
    where: { OR: claims.map(({ sessionId, userId }) => ({ id: sessionId, userId })) },
    select: OWNED_SESSION,
  })
}

async function findByRefreshTokens(tokens: string[]) {
  if (tokens.length === 0) return []
  const found = await db().refreshToken.findMany({
    where: { tokenHash: { in: tokens.map(hashToken) }, session: { transport: 'cookie' } },
    select: { session: { select: OWNED_SESSION } },
  })
  return found.map(({ session }) => session)
}
