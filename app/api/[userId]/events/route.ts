import { z } from 'zod'
import { eventBody } from '#lib/audit/event-body'
import { EVENT_TYPES } from '#lib/audit/event-sentence'
import { listEvents } from '#lib/audit/list-events'
import { answerMeta } from '#lib/auth/edge/error-envelope'
import { pagingSchema } from '#lib/http/paging'
import { endpoint, route } from '#lib/http/route'
import { ok } from '#lib/result'

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
      const meta = { ...answerMeta(client.requestId), count: events.length, next_cursor: nextCursor }
      return ok({ status: 200, body: { data: events.map(eventBody), meta } })
    },
  ),
})
