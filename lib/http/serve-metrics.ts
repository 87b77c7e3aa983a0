import { createHash, timingSafeEqual } from 'node:crypto'
import { collectMetrics } from '#lib/cluster/collect-metrics.ts'
import { nodeEnv } from '#lib/env/node.ts'
import type { Failure } from '#lib/failure.ts'
import { metrics } from '#lib/metrics.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Reply } from './reply.ts'

/** Works during an outage. @returns Prometheus' text, or `NOT_FOUND` without the bearer of `METRICS_TOKEN` */
export async function serveMetrics(headers: Headers): Promise<Result<Reply, Failure<'NOT_FOUND'>>> {
  const token = nodeEnv().metricsToken
  const presented = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (!token || !presented || !isSame(presented, token)) return err({ code: 'NOT_FOUND' })
  return ok({
    status: 200,
    body: await collectMetrics(),
    headers: { 'Content-Type': metrics().registry.contentType },
  })
}

/** Hashing both makes the time independent of their lengths and contents. */
function isSame(presented: string, token: string): boolean {
  const [a, b] = [presented, token].map((text) => createHash('sha256').update(text).digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}
