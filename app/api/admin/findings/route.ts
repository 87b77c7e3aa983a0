import { z } from 'zod'
import { operatorOf } from '#lib/actor.ts'
import { responseMeta } from '#lib/gate/error-envelope.ts'
import { adminRoute, endpoint } from '#lib/http/route.ts'
import { pagingSchema } from '#lib/page.ts'
import { ok } from '#lib/result.ts'
import { networksBody } from '#lib/watch/alerts/create-alert.ts'
import { listFindings } from '#lib/watch/findings/list-findings.ts'

const query = pagingSchema.extend({
  state: z.enum(['open', 'past'], 'must be open or past').default('open'),
})

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = adminRoute({
  GET: endpoint({ access: 'admin', query }, async ({ actor, client, query }) => {
    const { findings, nextCursor } = await listFindings(operatorOf(actor), { ...query, now: new Date() })
    const data = findings.map((finding) => ({
      id: finding.id,
      pattern: finding.pattern,
      confidence: finding.confidence,
      user_id: finding.userId,
      session_id: finding.sessionId,
      network: finding.network,
      ...networksBody(finding.networks, finding.networkCount),
      first_seen_at: finding.firstSeenAt,
      last_seen_at: finding.lastSeenAt,
      count: finding.count,
      details: finding.details,
      handled_at: finding.handledAt,
      handled_by: finding.handledBy,
    }))
    const meta = { ...responseMeta(client.requestId), count: data.length, next_cursor: nextCursor }
    return ok({ status: 200, body: { data, meta } })
  }),
})
