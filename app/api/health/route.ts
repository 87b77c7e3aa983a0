import { currentHealth } from '#lib/db/outage.ts'
import { RETRY_AFTER } from '#lib/gate/request-failures.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { ok } from '#lib/result.ts'

/** For load balancers and monitors: 200 while this process can serve, else 503 with the failing part. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint({ access: 'public' }, async () => {
    const database = await currentHealth()
    if (database === 'ok') return ok({ status: 200, body: { status: 'ok', database } })
    return ok({ status: 503, headers: RETRY_AFTER, body: { status: 'unavailable', database } })
  }),
})
