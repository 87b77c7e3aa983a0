import { endOtherSessions } from '#lib/auth/session/end-session.ts'
import { listSessions } from '#lib/auth/session/list-sessions.ts'
import { responseMeta } from '#lib/gate/error-envelope.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { getDeviceToken } from '#lib/http/session-cookies.ts'
import { ok } from '#lib/result.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint({ access: 'owner' }, async ({ actor, client }) => {
    const sessions = await listSessions(actor, new Date())
    const data = sessions.map((session) => ({
      id: session.id,
      created_at: session.createdAt,
      last_seen_at: session.lastSeenAt,
      expires_at: session.expiresAt,
      ip_address: session.ipAddress,
      user_agent: session.userAgent,
      device: session.device,
      signed_in_with: session.signedInWith,
      current: session.isCurrent,
    }))
    const meta = { ...responseMeta(client.requestId), count: data.length }
    return ok({ status: 200, body: { data, meta } })
  }),

  /** All but the caller's. */
  DELETE: endpoint({ access: 'owner' }, async ({ actor }) => {
    await endOtherSessions(actor, { deviceToken: await getDeviceToken(), now: new Date() })
    return ok({ status: 204, body: null })
  }),
})
