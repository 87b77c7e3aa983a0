import { type Endpoint, endpoint, route } from '#lib/http/route.ts'
import { openStream } from '#lib/live/open-stream.ts'
import { ok } from '#lib/result.ts'
import { sinceQuery } from '../since-query.ts'
import { resumePoint } from './resume-point.ts'

const HEADERS = {
  'Content-Type': 'text/event-stream',
  // Next.js and proxies would compress the events, and keep them until there are enough.
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
  // A server that stops would wait for an idle connection.
  Connection: 'close',
}

const get: Endpoint = (request, params, client) =>
  endpoint({ access: 'owner', query: sinceQuery }, async ({ actor, query }) => {
    const since = resumePoint(request.headers, query.since)
    if (!since.ok) return since
    const opened = await openStream(actor, { since: since.value })
    return opened.ok ? ok({ status: 200, headers: HEADERS, body: opened.value }) : opened
  })(request, params, client)

export const { GET, HEAD, POST, PUT, PATCH, DELETE } = route({ GET: get })
