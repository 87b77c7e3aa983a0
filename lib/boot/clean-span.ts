import type { ReadableSpan } from '@opentelemetry/sdk-trace-node'
import { redactPath } from '#lib/http/before-next/redact-path.ts'

/** Attributes that never hold input of a client. All others are removed. */
const KNOWN = new Set([
  ...[
    'http.method',
    'http.route',
    'http.status_code',
    'http.target',
    'http.url',
    'net.peer.name',
    'net.peer.port',
  ],
  ...[
    'next.span_category',
    'next.span_name',
    'next.span_type',
    'next.route',
    'next.page',
    'next.segment',
    'next.rsc',
  ],
  ...['operation.name', 'error.type', 'request_id', 'db.system.name', 'db.operation.name'],
])
const WITH_PATHS = ['http.target', 'http.url', 'next.span_name']

/** Removes what might hold a secret from an ended span: unknown attributes, tokens in paths, error messages, `tracestate`. */
export function cleanSpan(span: ReadableSpan): void {
  const { name, attributes, status, events } = span
  // The name of an outgoing call holds its URL.
  Object.assign(span, { name: redactPath(name) })
  for (const key of Object.keys(attributes)) if (!KNOWN.has(key)) delete attributes[key]
  for (const key of WITH_PATHS) {
    const value = attributes[key]
    if (typeof value === 'string') attributes[key] = redactPath(value)
  }
  delete status.message
  delete span.spanContext().traceState
  for (const { attributes: details } of events) {
    if (details) for (const key of ['exception.message', 'exception.stacktrace']) delete details[key]
  }
}
