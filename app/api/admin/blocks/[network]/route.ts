import { operatorOf } from '#lib/actor.ts'
import { adminRoute, endpoint } from '#lib/http/route.ts'
import { unblockNetwork } from '#lib/operator/block-network.ts'
import { ok } from '#lib/result.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = adminRoute({
  DELETE: endpoint({ access: 'admin' }, async ({ actor, params }) => {
    const unblocked = await unblockNetwork(operatorOf(actor), params.network ?? '', { now: new Date() })
    return unblocked.ok ? ok({ status: 204, body: null }) : unblocked
  }),
})
