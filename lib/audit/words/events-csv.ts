import type { AccountEvent } from '../account-event.ts'
import { csvLine } from './csv-line.ts'
import { describeEventWithOrigin } from './describe-event.ts'

const COLUMNS = [
  'created_at',
  'event',
  'event_type',
  'success',
  'failure_reason',
  'ip_address',
  'user_agent',
  'session_id',
  'details',
  'id',
] as const

export const CSV_HEAD = csvLine(COLUMNS)

/** Events as lines of a CSV file. */
export function toCsv(events: AccountEvent[]): string {
  return events.map((event) => csvLine(cellsOf(event))).join('')
}

function cellsOf(event: AccountEvent): (string | null)[] {
  const cells: Record<(typeof COLUMNS)[number], string | null> = {
    created_at: event.createdAt.toISOString(),
    event: describeEventWithOrigin(event),
    event_type: event.eventType,
    success: String(event.success),
    failure_reason: event.failureReason,
    ip_address: event.ipAddress,
    user_agent: event.userAgent,
    session_id: event.sessionId,
    details: event.details === null ? null : JSON.stringify(event.details),
    id: event.id,
  }
  return COLUMNS.map((name) => cells[name])
}
