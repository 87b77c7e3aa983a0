import { randomUUID } from 'node:crypto'
import { AggregatorRegistry } from 'prom-client'
import { processSlot } from '#lib/env/cluster.ts'
import { metrics } from '#lib/metrics.ts'
import { type FromPrimary, type ProcessMetrics, sendToPrimary } from './messages.ts'

/** @returns Prometheus' text for all server processes, those that start or end at the moment excepted */
export async function collectMetrics(): Promise<string> {
  if (processSlot() === null) return metrics().registry.metrics()
  const id = randomUUID()
  const all = await new Promise<ProcessMetrics[]>((resolve) => {
    const receive = (message: FromPrimary) => {
      if (message.type !== 'metrics collected' || message.id !== id) return
      process.off('message', receive)
      resolve(message.all)
    }
    process.on('message', receive)
    sendToPrimary({ type: 'collect metrics', id })
  })
  return AggregatorRegistry.aggregate(all).metrics()
}

export function answerMetricsRequests(): void {
  process.on('message', async (message: FromPrimary) => {
    if (message.type !== 'metrics wanted') return
    const own = (await metrics().registry.getMetricsAsJSON()) as ProcessMetrics
    sendToPrimary({ type: 'metrics', id: message.id, metrics: own })
  })
}
