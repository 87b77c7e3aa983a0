import type { Tx } from '#lib/db/client.ts'
import { metrics } from '#lib/metrics.ts'
import { eventRow } from './event-row.ts'
import type { AuthEventInput } from './events.ts'

/**
 * Appends an event. Given the transaction of the change it tells of, it commits with it or not at all (design 8);
 * a failure is recorded outside the work that was rolled back.
 */
export function record(tx: Tx, event: AuthEventInput, now = new Date()): Promise<void> {
  return recordAll(tx, [event], now)
}

const BATCH_ROWS = 500

/** Appends many events at once, likewise. */
export async function recordAll(tx: Tx, events: AuthEventInput[], now = new Date()): Promise<void> {
  const rows = events.map((event) => {
    const { details, ...row } = eventRow(event, now)
    return { ...row, ...(details && { details }) }
  })
  for (let first = 0; first < rows.length; first += BATCH_ROWS) {
    await tx.authEvent.createMany({ data: rows.slice(first, first + BATCH_ROWS) })
  }
  for (const { eventType: type, success, failureReason } of rows) {
    const outcome = success ? 'success' : 'failure'
    metrics().authEvents.inc({ type, outcome, reason: failureReason ?? '' })
  }
}
