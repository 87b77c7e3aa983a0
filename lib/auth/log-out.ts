import type { Client } from '#lib/audit/events'
import { db } from '#lib/db/client'
import { hashRefreshToken } from './session/refresh-token'
import { revokeSession } from './session/revoke-session'

/** Ends a session. Its access and refresh tokens are refused from the next request on. */
export async function logOut(sessionId: string, client: Client, now?: Date): Promise<void> {
  await db().$transaction((tx) => revokeSession(tx, sessionId, 'logged_out', client, now))
}

/**
 * Ends the session of a browser whose access token may have run out: its refresh token, used or not, still names it.
 * @returns whether it names one
 */
export async function logOutByRefreshToken(
  refreshToken: string,
  client: Client,
  now?: Date,
): Promise<boolean> {
  const found = await db().refreshToken.findUnique({
    where: { tokenHash: hashRefreshToken(refreshToken), session: { transport: 'cookie' } },
    select: { sessionId: true },
  })
  if (found) await logOut(found.sessionId, client, now)
  return found !== null
}
