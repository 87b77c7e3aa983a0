import { z } from 'zod'
import { responseMeta } from '#lib/gate/error-envelope.ts'
import { changeBody } from '#lib/http/change-body.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { pagingSchema } from '#lib/page.ts'
import { ok } from '#lib/result.ts'
import { listChanges } from '#lib/tasks/journal/list-changes.ts'

const query = z.object({
  limit: pagingSchema.shape.limit,
  since: z
    .string()
    .regex(/^\d{1,15}$/, 'must be the next_since of an earlier answer')
    .transform(Number)
    .optional(),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint({ access: 'owner', query }, async ({ actor, query, client }) => {
    const { changes, nextSince, hasGap } = await listChanges(actor, query)
    const paging = { count: changes.length, next_since: nextSince, has_gap: hasGap }
    const meta = { ...responseMeta(client.requestId), ...paging }
    return ok({ status: 200, body: { data: changes.map(changeBody), meta } })
  }),
})
