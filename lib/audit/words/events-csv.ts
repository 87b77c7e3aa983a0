import type { AccountEvent } from '../account-event.ts'
import { toSafeText } from '../safe-text.ts'
import { describeEventWithOrigin } from './describe-event.ts'

/** What a spreadsheet would take for the beginning of a formula, in full width too (OWASP, CSV injection). */
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

/** The first line: the columns' names. */
export const CSV_HEAD = toLine(COLUMNS)

/** Events as lines of a CSV file (RFC 4180). A cell holds one line, and no spreadsheet takes it for a formula. */
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

/** Every cell is quoted: a leading apostrophe alone would not stop a separator within (OWASP). */
function toLine(cells: readonly (string | null)[]): string {
  return `${cells.map((cell) => `"${defuse(cell ?? '').replaceAll('"', '""')}"`).join(',')}\r\n`
}

/** Without characters that act: they are escaped, so that no tab or line end can begin a formula either. */
function defuse(cell: string): string {
  const text = toSafeText(cell, cell.length)
  return FORMULA.test(text.trimStart()) ? `'${text}` : text
}
