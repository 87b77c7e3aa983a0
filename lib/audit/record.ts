import type { Tx } from '#lib/db/client.ts'
import { metrics } from '#lib/metrics.ts'
import { eventRow } from './event-row.ts'
import type { NewEvent } from './new-event.ts'

/** Commits or rolls back with its change. Record failures outside it (docs/decisions/0013-sealed-audit-trail.md). */
export function record(tx: Tx, event: NewEvent): Promise<void> {
  return recordAll(tx, [event])
}

const BATCH_ROWS = 500

/** The time of an event is that of its recording: the checks read on by id, and an id begins with its time. */
export async function recordAll(tx: Tx, events: NewEvent[]): Promise<void> {
  const now = new Date()
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
