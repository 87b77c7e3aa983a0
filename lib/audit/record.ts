import { Prisma } from '#lib/db/generated/client.ts'
import type { SqlTx } from '#lib/db/sql-transaction.ts'
import { metrics } from '#lib/metrics.ts'
import { eventRow } from './event-row.ts'
import type { NewEvent } from './new-event.ts'

/** Commits or rolls back with its change. Record failures outside it (docs/decisions/0013-sealed-audit-trail.md). */
export function record(tx: SqlTx, event: NewEvent): Promise<void> {
  return recordAll(tx, [event])
}

const BATCH_ROWS = 500

export async function recordAll(tx: SqlTx, events: NewEvent[]): Promise<void> {
  for (let first = 0; first < events.length; first += BATCH_ROWS) {
    await tx.$executeRaw`${insertEvents(events.slice(first, first + BATCH_ROWS))}`
  }
}

/**
 * Records events as a part of a larger statement. The time of an event is that of its recording: the checks read on by
 * id, and an id begins with its time.
 */
export function insertEvents(events: NewEvent[]): Prisma.Sql {
  const now = new Date()
  const rows = events.map((event) => eventRow(event, now))
  for (const { eventType: type, success, failureReason } of rows) {
    const outcome = success ? 'success' : 'failure'
    metrics().authEvents.inc({ type, outcome, reason: failureReason ?? '' })
  }
  const values = rows.map(
    (row) => Prisma.sql`(
      ${row.id}::uuid, ${row.eventType}, ${row.success}, ${row.failureReason}, ${row.userId}::uuid,
      ${row.sessionId}::uuid, ${row.email}, ${row.ipAddress}, ${row.network}, ${row.userAgent}, ${row.requestId}::uuid,
      ${row.details && JSON.stringify(row.details)}::jsonb, ${row.createdAt}::timestamptz, ${row.mac})`,
  )
  return Prisma.sql`
    INSERT INTO auth_events (id, event_type, success, failure_reason, user_id, session_id, email, ip_address, network,
                             user_agent, request_id, details, created_at, mac)
    VALUES ${Prisma.join(values)}`
}
