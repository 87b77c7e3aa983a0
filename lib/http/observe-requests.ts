import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { log } from '#lib/log'
import { metrics } from '#lib/metrics'
import { routeOf } from './known-routes'
import { toPrintablePath } from './printable-path'

/** Files that are the same for everybody. */
const STATIC = /^\/(_next\/static\/|favicon\.ico$|icon\.svg$|apple-icon\.png$)/
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/**
 * Logs and counts every request of this process's HTTP servers when its answer has ended or its client has left:
 * pages, endpoints, and what the gate refuses (docs/decisions/0016-logs-metrics-traces.md).
 */
export function observeRequests(): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse }
    const startedAt = performance.now()
    // Next changes both on its way.
    const { method = '', url = '' } = request
    const [path = ''] = url.split('?', 1)
    if (STATIC.test(path)) return
    response.once('close', () =>
      note({ method, path, response, milliseconds: performance.now() - startedAt }),
    )
  })
}

type Observed = { method: string; path: string; response: ServerResponse; milliseconds: number }

function note({ method, path, response, milliseconds }: Observed): void {
  // Without a complete answer nobody has learnt the status, if there was one.
  const status = response.writableFinished ? response.statusCode : 'aborted'
  const surface = path.startsWith('/api/') ? 'api' : 'page'
  const route = routeOf(path)
  const counted = METHODS.has(method) ? method : 'other'
  metrics().requests.inc({ surface, route, method: counted, status })
  metrics().requestSeconds.observe({ surface, route }, milliseconds / 1000)
  log().info({
    request_id: response.getHeader('x-request-id'),
    method,
    path: toPrintablePath(path),
    status,
    duration_ms: Math.round(milliseconds),
  })
}
