import { logOut } from '#lib/auth/log-out.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { ok } from '#lib/result.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint({ access: 'bearer' }, async ({ actor, client }) => {
    await logOut(actor.sessionId, { client, now: new Date() })
    return ok({ status: 200, body: { message: 'Logged out successfully' } })
  }),
})
