import { operatorOf } from '#lib/actor.ts'
import { adminRoute, endpoint } from '#lib/http/route.ts'
import { endAllSessions } from '#lib/operator/end-all-sessions.ts'
import { ok } from '#lib/result.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = adminRoute({
  DELETE: endpoint({ access: 'admin' }, async ({ actor, params }) => {
    const ended = await endAllSessions(operatorOf(actor), params.userId ?? '', { now: new Date() })
    return ended.ok ? ok({ status: 204, body: null }) : ended
  }),
})
