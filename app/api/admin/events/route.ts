import { z } from 'zod'
import { operatorOf } from '#lib/actor.ts'
import { EVENT_TYPES } from '#lib/audit/catalogue.ts'
import { searchEvents } from '#lib/audit/search-events.ts'
import { responseMeta } from '#lib/gate/error-envelope.ts'
import { addressSchema } from '#lib/http/address-schema.ts'
import { adminRoute, endpoint } from '#lib/http/route.ts'
import { pagingSchema } from '#lib/page.ts'
import { ok } from '#lib/result.ts'

const time = z.iso
  .datetime({ offset: true, error: 'must be an ISO 8601 time' })
  .transform((text) => new Date(text))

const query = pagingSchema.extend({
  type: z.enum(EVENT_TYPES, 'must be a type of event').optional(),
  user_id: z.uuid('must be the id of an account').optional(),
  ip_address: addressSchema.optional(),
  success: z
    .enum(['true', 'false'], 'must be true or false')
    .transform((text) => text === 'true')
    .optional(),
  since: time.optional(),
  until: time.optional(),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = adminRoute({
  GET: endpoint({ access: 'admin', query }, async ({ actor, client, query }) => {
    const { type, user_id: userId, ip_address: ipAddress, ...rest } = query
    const { events, nextCursor, searchedBackTo } = await searchEvents(operatorOf(actor), {
      ...rest,
      types: type && [type],
      userId,
      ipAddress,
    })
    const data = events.map((event) => ({
      id: event.id,
      event_type: event.eventType,
      success: event.success,
      failure_reason: event.failureReason,
      user_id: event.userId,
      email: event.email,
      ip_address: event.ipAddress,
      user_agent: event.userAgent,
      session_id: event.sessionId,
      request_id: event.requestId,
      details: event.details,
      created_at: event.createdAt,
    }))
    // Null unless the page ended at the search limit: there may be more events before that time.
    const paging = { count: data.length, next_cursor: nextCursor, looked_back_to: searchedBackTo }
    return ok({ status: 200, body: { data, meta: { ...responseMeta(client.requestId), ...paging } } })
  }),
})
