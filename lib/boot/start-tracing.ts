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

/** Sends spans in batches, cleaned of what somebody typed. While the collector is away they pile up to 2,048 and then get lost. */
class CleanBatches extends BatchSpanProcessor {
  override onEnd(span: ReadableSpan): void {
    cleanSpan(span)
    super.onEnd(span)
  }
}

/**
 * Sends the spans of Next.js and of `withSpan` to a collector (OTLP over HTTP). A collector that is away or slow costs
 * a warning each minute, and no request waits for it.
 * @returns sends what is left and ends it
 */
export function startTracing(endpoint: URL): () => Promise<void> {
  const url = new URL(endpoint)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/v1/traces`
  const exporter = new OTLPTraceExporter({ url: url.href, timeoutMillis: EXPORT_MS })
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'taskward' }),
    // What a client says in its `traceparent` joins its trace to ours, and never hides what it does.
    sampler: new AlwaysOnSampler(),
    spanProcessors: [new CleanBatches(exporter)],
  })
  provider.register()
  diag.setLogger(quietLogger(), { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true })
  return () => provider.shutdown().catch(() => {})
}

/** The library's complaints hold whole answers and stacks: what matters is that spans do not arrive. */
function quietLogger() {
  let lastAt = Number.NEGATIVE_INFINITY
  const complain = () => {
    if (performance.now() - lastAt < QUIET_MS) return
    lastAt = performance.now()
    log().warn({ job: 'tracing', problem: 'The collector does not take spans.' })
  }
  return { error: complain, warn: complain, info: () => {}, debug: () => {}, verbose: () => {} }
}
