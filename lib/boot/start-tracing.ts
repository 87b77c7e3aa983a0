import { DiagLogLevel, diag } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  NodeTracerProvider,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-node'
import { log } from '#lib/log.ts'
import { cleanSpan } from './clean-span.ts'

const EXPORT_MS = 5_000
const QUIET_MS = 60_000

/** Sends cleaned spans in batches. While the collector is unavailable, 2,048 spans wait and later ones are dropped. */
class CleanBatches extends BatchSpanProcessor {
  override onEnd(span: ReadableSpan): void {
    cleanSpan(span)
    super.onEnd(span)
  }
}

/** Sends the spans of Next.js and of `withSpan` (OTLP over HTTP). No request waits. @returns sends the waiting spans and stops */
export function startTracing(endpoint: URL): () => Promise<void> {
  const url = new URL(endpoint)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/v1/traces`
  const exporter = new OTLPTraceExporter({ url: url.href, timeoutMillis: EXPORT_MS })
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'taskward' }),
    // A client's `traceparent` sets the trace id. It cannot switch the recording off.
    sampler: new AlwaysOnSampler(),
    spanProcessors: [new CleanBatches(exporter)],
  })
  provider.register()
  diag.setLogger(quietLogger(), { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true })
  return () => provider.shutdown().catch(() => {})
}

/** Logs one warning a minute instead of the library's messages, which hold whole responses and stacks. */
function quietLogger() {
  let lastAt = Number.NEGATIVE_INFINITY
  const complain = () => {
    if (performance.now() - lastAt < QUIET_MS) return
    lastAt = performance.now()
    log().warn({ job: 'tracing', problem: 'The collector does not take spans.' })
  }
  return { error: complain, warn: complain, info: () => {}, debug: () => {}, verbose: () => {} }
}
