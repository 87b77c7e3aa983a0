import { currentHealth } from '#lib/db/outage.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { ok } from '#lib/result.ts'

/** For load balancers and monitors: 200 while this process can serve, else 503 with the failing part (contract 2.7). */
export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint({ access: 'public' }, async () => {
    const database = await currentHealth()
    if (database === 'ok') return ok({ status: 200, body: { status: 'ok', database } })
    const headers = { 'Retry-After': '5' }
    return ok({ status: 503, headers, body: { status: 'unavailable', database } })
  }),
})
