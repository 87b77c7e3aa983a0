import type { Client } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { RenewalCall } from '#lib/gate/renewal-call.ts'
import { refresh, refuseToken } from './refresh.ts'
import { resolveRefreshCookies } from './resolve-refresh-cookies.ts'

type BrowserCookies = Pick<RenewalCall, 'refreshToken' | 'rivals' | 'sessionIds' | 'deviceToken'>

/** If the cookies name different sessions, no token is used and no session ends. */
export async function refreshBrowser(
  { refreshToken, rivals = [], sessionIds = [], deviceToken }: BrowserCookies,
  { client, now }: { client: Client; now: Date },
): ReturnType<typeof refresh> {
  const resolved = await resolveRefreshCookies([refreshToken, ...rivals], { sessionIds, now })
  if (resolved.ok) return refresh(resolved.value, { client, transport: 'cookie', deviceToken, now })
  const owner = await findOwner(sessionIds)
  return refuseToken({ code: 'INVALID_REFRESH_TOKEN', reason: 'conflicting_cookies', ...owner }, { client })
}

async function findOwner([sessionId, ...others]: string[]): Promise<{ userId?: string; sessionId?: string }> {
  if (!sessionId || others.length > 0) return {}
  const session = await db().session.findUnique({ where: { id: sessionId }, select: { userId: true } })
  return session ? { sessionId, userId: session.userId } : {}
}
