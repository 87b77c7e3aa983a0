import { logOut } from '#lib/auth/log-out'
import { endpoint, route } from '#lib/http/route'
import { ok } from '#lib/result'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  POST: endpoint({ access: 'bearer' }, async ({ actor, client }) => {
    await logOut(actor.sessionId, client)
    return ok({ status: 200, body: { message: 'Logged out successfully' } })
  }),
})
