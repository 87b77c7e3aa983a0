import { openAccountData } from '#lib/http/account-data/open-account-data.ts'
import { toJson } from '#lib/http/account-data/to-json.ts'
import { toStream } from '#lib/http/download.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { ok } from '#lib/result.ts'

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint({ access: 'actor' }, async ({ actor, client }) => {
    const data = await openAccountData(actor, { now: new Date() })
    if (!data.ok) return data
    const headers = { 'Content-Type': 'application/json' }
    return ok({ status: 200, headers, body: await toStream(toJson(data.value), client) })
  }),
})
