import { z } from 'zod'
import { EVENT_TYPES } from '#lib/audit/catalogue.ts'
import { listEvents } from '#lib/audit/list-events.ts'
import { responseMeta } from '#lib/gate/error-envelope.ts'
import { eventBody } from '#lib/http/event-body.ts'
import { endpoint, route } from '#lib/http/route.ts'
import { pagingSchema } from '#lib/page.ts'
import { ok } from '#lib/result.ts'

const query = pagingSchema.extend({
  type: z.enum(EVENT_TYPES, `must be one of ${EVENT_TYPES.join(', ')}`).optional(),
  success: z
    .enum(['true', 'false'], 'must be true or false')
    .transform((text) => text === 'true')
    .optional(),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({
  GET: endpoint(
    { access: 'owner', query },
    async ({ actor, client, query: { type, success, ...paging } }) => {
      const { events, nextCursor } = await listEvents(actor, { types: type && [type], success }, paging)
      const meta = { ...responseMeta(client.requestId), count: events.length, next_cursor: nextCursor }
      return ok({ status: 200, body: { data: events.map(eventBody), meta } })
    },
  ),
})
