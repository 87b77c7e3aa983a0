import { operatorOf } from '#lib/actor.ts'
import { adminRoute, endpoint } from '#lib/http/route.ts'
import { endSessionsOf } from '#lib/operator/end-sessions-of.ts'
import { ok } from '#lib/result.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = adminRoute({
  DELETE: endpoint({ access: 'admin' }, async ({ actor, params }) => {
    const ended = await endSessionsOf(operatorOf(actor), params.userId ?? '')
    return ended.ok ? ok({ status: 204, body: null }) : ended
  }),
})
