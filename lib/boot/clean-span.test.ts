import { createTraceState, ROOT_CONTEXT, SpanStatusCode, trace } from '@opentelemetry/api'
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node'
import { expect, test } from 'vitest'
import { cleanSpan } from './clean-span.ts'

const CANARY = 'hunter22-canary'
const TOKEN = 'k7Jp0wZ8eV3xQ1mN5bT9rY2uI6oA4sD0fG8hL3cX7vE'

test('keeps what a span did, and removes input of clients and texts of errors', () => {
  const exporter = new InMemorySpanExporter()
  const tracer = new NodeTracerProvider({
    spanProcessors: [new SimpleSpanProcessor(exporter)],
  }).getTracer('test')
  const caller = trace.setSpanContext(ROOT_CONTEXT, {
    traceId: '1'.repeat(32),
    spanId: '2'.repeat(16),
    traceFlags: 1,
    traceState: createTraceState(`vendor=${CANARY}`),
  })
  const options = {
    attributes: {
      'http.method': 'GET',
      'http.status_code': 500,
      'http.target': `/login?next=/tasks&password=${CANARY}`,
      'http.url': `http://h/reset/${TOKEN}`,
      'http.request.header.cookie': CANARY,
      'next.span_name': `GET /login?${CANARY}`,
      request_id: '0190c0de-0000-7000-8000-000000000000',
    },
  }
  const span = tracer.startSpan(`fetch GET http://h/x/${TOKEN}?q=${CANARY}`, options, caller)
  span.recordException(new Error(`invalid input: ${CANARY}`))
  span.setStatus({ code: SpanStatusCode.ERROR, message: CANARY })
  span.end()
  const [ended] = exporter.getFinishedSpans()
  cleanSpan(ended!)
  expect(ended!.spanContext()).toMatchObject({ traceId: '1'.repeat(32) })
  expect(ended!.spanContext().traceState).toBeUndefined()
  const { name, attributes, status, events } = ended!
  expect({ name, attributes, status, events }).toEqual({
    name: 'fetch GET http://h/x/[long]',
    attributes: {
      'http.method': 'GET',
      'http.status_code': 500,
      'http.target': '/login',
      'http.url': 'http://h/reset/[long]',
      'next.span_name': 'GET /login',
      request_id: '0190c0de-0000-7000-8000-000000000000',
    },
    status: { code: SpanStatusCode.ERROR },
    events: [expect.objectContaining({ name: 'exception', attributes: { 'exception.type': 'Error' } })],
  })
})
