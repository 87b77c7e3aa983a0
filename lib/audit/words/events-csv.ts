import type { AccountEvent } from '../account-event.ts'
import { toSafeText } from '../safe-text.ts'
import { describeEventWithOrigin } from './describe-event.ts'

/** Characters that begin a formula in a spreadsheet, also in full width (OWASP, CSV injection). */
const FORMULA = /^[=+\-@＝＋－＠]/u

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

export const CSV_HEAD = toLine(COLUMNS)

/** Events as lines of a CSV file (RFC 4180). A cell has one line and cannot be a formula. */
export function toCsv(events: AccountEvent[]): string {
  return events.map((event) => toLine(cellsOf(event))).join('')
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

/** Quotes every cell, because a leading apostrophe alone does not escape a separator (OWASP). */
function toLine(cells: readonly (string | null)[]): string {
  return `${cells.map((cell) => `"${defuse(cell ?? '').replaceAll('"', '""')}"`).join(',')}\r\n`
}

/** Escapes control characters first, because a tab or a line end can begin a formula, too. */
function defuse(cell: string): string {
  const text = toSafeText(cell, cell.length)
  return FORMULA.test(text.trimStart()) ? `'${text}` : text
}
