import type { Client } from '#lib/audit/events'
import { accessTokenOf, cookieValue } from '#lib/auth/edge/access-token-of'
import { cookieNames } from '#lib/auth/edge/cookie-names'
import { isSameOrigin } from '#lib/auth/edge/same-origin'
import { logOut, logOutByRefreshToken } from '#lib/auth/log-out'
import { findActor } from '#lib/auth/session/find-actor'
import { clientOf } from '#lib/http/client'
import { clearSessionCookies } from '#lib/http/session-cookies'
import { logUnexpected } from '#lib/log'

/**
 * Logs this browser out. A plain form posts here, so that the whole page goes, and all that its scripts remember.
 * Needs no living access token, and always takes the cookies away, even if the database cannot be told.
 */
export async function POST(request: Request): Promise<Response> {
  if (!isSameOrigin(request.headers))
    return new Response('This form was not sent from this site.\n', { status: 403 })
  const client = clientOf(request.headers)
  try {
    await revokeSessionOf(request.headers, client)
  } catch (error) {
    logUnexpected(error, client.requestId)
  }
  await clearSessionCookies()
  return new Response(null, {
    status: 303,
    headers: { Location: '/login', 'Cache-Control': 'no-store', 'Clear-Site-Data': '"cache"' },
  })
}

/** Somebody opened the address by hand, or a browser looks at what it leads to: nothing ends by that. */
export function GET(): Response {
  return new Response(null, { status: 303, headers: { Location: '/', 'Cache-Control': 'no-store' } })
}

async function revokeSessionOf(headers: Headers, client: Client): Promise<void> {
  const names = cookieNames()
  const refreshToken = cookieValue(headers.get('cookie') ?? '', names.refresh)
  if (refreshToken && (await logOutByRefreshToken(refreshToken, client))) return
  const actor = await findActor(accessTokenOf(headers, names.access).token, client)
  if (actor.ok) await logOut(actor.value.sessionId, client)
}
