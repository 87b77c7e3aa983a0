import type { MetricObjectWithValues, MetricValue } from 'prom-client'

export type ProcessMetrics = MetricObjectWithValues<MetricValue<string>>[]

/** From a server process to the primary process. */
export type ToPrimary =
  | { type: 'ready'; origin: string | undefined }
  | { type: 'collect metrics'; id: string }
  | { type: 'metrics'; id: string; metrics: ProcessMetrics }

/** From the primary process to a server process. */
export type FromPrimary =
  | { type: 'metrics wanted'; id: string }
  | { type: 'metrics collected'; id: string; all: ProcessMetrics[] }

/** Does nothing in a process that is the only one. */
export function sendToPrimary(message: ToPrimary): void {
  process.send?.(message, () => {})
}
