import { endSessionsOf } from '#lib/auth/operator/end-sessions-of'
import { operatorOf } from '#lib/auth/operator/operator'
import { adminRoute, endpoint } from '#lib/http/route'
import { ok } from '#lib/result'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = adminRoute({
  DELETE: endpoint({ access: 'admin' }, async ({ actor, params }) => {
    const ended = await endSessionsOf(operatorOf(actor), params.userId ?? '')
    return ended.ok ? ok({ status: 204, body: null }) : ended
  }),
})
