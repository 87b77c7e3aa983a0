import { responseMeta } from '#lib/gate/error-envelope.ts'
import { changeBody } from '#lib/http/change-body.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { pagingSchema } from '#lib/page.ts'
import { ok } from '#lib/result.ts'
import { listChanges } from '#lib/tasks/journal/list-changes.ts'
import { sinceQuery } from './since-query.ts'

const query = sinceQuery.extend({ limit: pagingSchema.shape.limit })

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint({ access: 'owner', query }, async ({ actor, query, client }) => {
    const { changes, nextSince, hasGap } = await listChanges(actor, query)
    const paging = { count: changes.length, next_since: nextSince, has_gap: hasGap }
    const meta = { ...responseMeta(client.requestId), ...paging }
    return ok({ status: 200, body: { data: changes.map(changeBody), meta } })
  }),
})
