import { type Attributes, SpanStatusCode, trace } from '@opentelemetry/api'

// Once: Next.js wraps every tracer that it hands out.
const tracer = trace.getTracer('taskward')

/** Without a collector (lib/boot/start-tracing.ts) only runs `work`. @param attributes no secret, no input of a client */
export function withSpan<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  return tracer.startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work()
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR })
      throw error
    } finally {
      span.end()
    }
  })
}

export function nameRequest(requestId: string): void {
  trace.getActiveSpan()?.setAttribute('request_id', requestId)
}
