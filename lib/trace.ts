import { type Attributes, SpanStatusCode, trace } from '@opentelemetry/api'

/**
 * Runs `work` as a span of the current trace. Without a collector (lib/boot/start-tracing.ts) this does nothing else.
 * @param attributes no secret and no input of a client
 */
export function withSpan<T>(name: string, attributes: Attributes, work: () => Promise<T>): Promise<T> {
  return trace.getTracer('taskward').startActiveSpan(name, { attributes }, async (span) => {
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

/** Names the request in the current span, as log lines and events do. */
export function nameRequest(requestId: string): void {
  trace.getActiveSpan()?.setAttribute('request_id', requestId)
}
