import { z } from 'zod'
import { operatorOf } from '#lib/actor.ts'
import { responseMeta } from '#lib/gate/error-envelope.ts'
import { adminRoute, endpoint } from '#lib/http/route.ts'
import { blockNetwork } from '#lib/operator/block-network.ts'
import { listBlocks } from '#lib/operator/list-blocks.ts'
import { blockSchema } from '#lib/operator/schema.ts'
import { pagingSchema } from '#lib/page.ts'
import { ok } from '#lib/result.ts'
import { parseNetwork } from '#lib/throttle/network.ts'
import { blockBody } from './block-body.ts'

const cursor = z.string().refine((text) => parseNetwork(text) === text, {
  error: 'must be the next_cursor of an earlier answer',
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = adminRoute({
  GET: endpoint(
    { access: 'admin', query: pagingSchema.extend({ cursor: cursor.optional() }) },
    async ({ actor, query, client }) => {
      const { blocks, nextCursor } = await listBlocks(operatorOf(actor), { ...query, now: new Date() })
      const meta = { ...responseMeta(client.requestId), count: blocks.length, next_cursor: nextCursor }
      return ok({ status: 200, body: { data: blocks.map(blockBody), meta } })
    },
  ),

  POST: endpoint({ access: 'admin', body: blockSchema }, async ({ actor, body, client }) => {
    const blocked = await blockNetwork(operatorOf(actor), body.network, {
      seconds: body.seconds,
      now: new Date(),
    })
    if (!blocked.ok) return blocked
    const headers = { Location: `/api/admin/blocks/${encodeURIComponent(blocked.value.network)}` }
    const answer = { data: blockBody(blocked.value), meta: responseMeta(client.requestId) }
    return ok({ status: 201, body: answer, headers })
  }),
})
