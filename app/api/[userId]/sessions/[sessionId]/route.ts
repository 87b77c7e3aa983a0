import { endSession } from '#lib/auth/session/end-session.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { ok } from '#lib/result.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  DELETE: endpoint({ access: 'owner' }, async ({ actor, params }) => {
    const ended = await endSession(actor, { sessionId: params.sessionId ?? '', now: new Date() })
    return ended.ok ? ok({ status: 204, body: null }) : ended
  }),
})
