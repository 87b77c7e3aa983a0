import type { ReadableSpan } from '@opentelemetry/sdk-trace-node'
import { redactPath } from '#lib/http/before-next/redact-path.ts'

/** Attributes as Next.js and `withSpan` set them, that hold nothing somebody typed. What is not here goes. */
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

/**
 * Takes out of a span that has ended, in place, what might hold a secret: unknown attributes, queries and tokens in
 * paths, the messages of errors, which quote data, and the caller's `tracestate`, which is a header like any other.
 */
export function cleanSpan(span: ReadableSpan): void {
  const { name, attributes, status, events } = span
  // Those of outgoing calls hold an address.
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
