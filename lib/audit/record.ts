import type { Tx } from '#lib/db/client'
import { metrics } from '#lib/metrics'
import { eventRow } from './event-row.ts'
import type { AuthEventInput } from './events.ts'

/**
 * Appends an event. Given the transaction of the change it tells of, it commits with it or not at all (design 8);
 * a failure is recorded outside the work that was rolled back.
 */
export async function record(tx: Tx, event: AuthEventInput, now = new Date()): Promise<void> {
  const { details, ...row } = eventRow(event, now)
  await tx.authEvent.create({ data: { ...row, ...(details && { details }) }, select: { id: true } })
  const outcome = row.success ? 'success' : 'failure'
  metrics().authEvents.inc({ type: event.type, outcome, reason: event.failureReason ?? '' })
}
