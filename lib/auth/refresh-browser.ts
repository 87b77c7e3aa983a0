import type { Client } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { RenewalCall } from '#lib/gate/renewal-call.ts'
import { err } from '#lib/result.ts'
import { refresh, refuse } from './refresh.ts'
import { resolveRefreshCookies } from './resolve-refresh-cookies.ts'

type Presented = Pick<RenewalCall, 'refreshToken' | 'rivals' | 'sessionIds' | 'deviceToken'>

/**
 * Renews a browser's session, if its cookies agree on which one that is; otherwise no token of them is used or ended.
 * @returns as `refresh`
 */
export async function refreshBrowser(
  { refreshToken, rivals = [], sessionIds, deviceToken }: Presented,
  client: Client,
  now?: Date,
): ReturnType<typeof refresh> {
  const chosen = await resolveRefreshCookies([refreshToken, ...rivals], sessionIds, now)
  if (chosen.ok) return refresh(chosen.value, { client, transport: 'cookie', deviceToken }, now)
  return err(await refuse({ reason: 'conflicting_cookies', ...(await findOwner(sessionIds)) }, client, now))
}

/** Whose browser this is, as far as its access cookies agree on one session. */
async function findOwner([sessionId, ...others]: string[] = []): Promise<{
  userId?: string
  sessionId?: string
}> {
  if (!sessionId || others.length > 0) return {}
  const session = await db().session.findUnique({ where: { id: sessionId }, select: { userId: true } })
  return session ? { sessionId, userId: session.userId } : {}
}
