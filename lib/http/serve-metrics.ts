import { createHash, timingSafeEqual } from 'node:crypto'
import { nodeEnv } from '#lib/env/node.ts'
import type { Failure } from '#lib/failure.ts'
import { metrics } from '#lib/metrics.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Reply } from './reply.ts'

/**
 * The metrics in Prometheus' text format, for whoever brings `METRICS_TOKEN` as a bearer token (contract 2.7).
 * To everybody else, and while no token is set, there is nothing here: NOT_FOUND.
 * Asks neither the database nor for a session, so that it works while everything else is down.
 */
export async function serveMetrics(headers: Headers): Promise<Result<Reply, Failure<'NOT_FOUND'>>> {
  const token = nodeEnv().metricsToken
  const presented = /^Bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
  if (!token || !presented || !isSame(presented, token)) return err({ code: 'NOT_FOUND' })
  const { registry } = metrics()
  return ok({
    status: 200,
    body: await registry.metrics(),
    headers: { 'Content-Type': registry.contentType },
  })
}

/** In a time that tells nothing about where, or in length how much, they differ. */
function isSame(presented: string, token: string): boolean {
  const [a, b] = [presented, token].map((text) => createHash('sha256').update(text).digest())
  return a !== undefined && b !== undefined && timingSafeEqual(a, b)
}
