import { randomUUID } from 'node:crypto'
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { routeOf } from '#lib/gate/routes.ts'
import { log } from '#lib/log.ts'
import { metrics } from '#lib/metrics.ts'
import { onceClosed } from './once-closed.ts'
import { redactPath } from './redact-path.ts'

const STATIC = /^\/(_next\/static\/|favicon\.ico$|icon\.svg$|apple-icon\.png$)/
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])
const ID = 'x-request-id'
const EVENTS = 'text/event-stream'

/** Counts refusals of the gate and aborted requests too (docs/decisions/0016-logs-metrics-traces.md). */
export function observeRequests(): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
    const startedAt = performance.now()
    // Next.js changes both later.
    const { method = '', url = '' } = request
    delete request.headers[ID]
    const [path = ''] = url.split('?', 1)
    if (STATIC.test(path)) return
    onceClosed(response, () => {
      // Without a response the gate's id is on the request, unless the client disconnected during the body.
      const requestId = response.getHeader(ID) ?? request.headers[ID] ?? randomUUID()
      // The client has not received the status of an incomplete response. It ends a stream when it likes.
      const isStream = response.getHeader('content-type') === EVENTS
      const status = response.writableFinished || isStream ? response.statusCode : 'aborted'
      note({ method, path, requestId, status, isStream, milliseconds: performance.now() - startedAt })
    })
  })
}

type Observed = {
  method: string
  path: string
  requestId: unknown
  status: number | 'aborted'
  isStream: boolean
  milliseconds: number
}

function note({ method, path, requestId, status, isStream, milliseconds }: Observed): void {
  const surface = path.startsWith('/api/') ? 'api' : 'page'
  const route = routeOf(path)
  const counted = METHODS.has(method) ? method : 'other'
  metrics().requests.inc({ surface, route, method: counted, status })
  // A stream lasts for as long as a page is open.
  if (!isStream) metrics().requestSeconds.observe({ surface, route }, milliseconds / 1000)
  log().info({
    request_id: requestId,
    method,
    path: redactPath(path),
    status,
    duration_ms: Math.round(milliseconds),
  })
}
