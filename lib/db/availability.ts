import { databaseState } from './state.ts'

/** Thrown before there is a database to connect to. */
export class DatabaseUnavailable extends Error {
  override name = 'DatabaseUnavailable'
}

/** SQLSTATEs of an unavailable database (decision 0035). */
const UNAVAILABLE_STATES = new RegExp(
  [
    '^08...', // the connection failed, or a pooler reports that its own did
    '^25006', // read-only: a standby, or a server that protects itself
    '^25P0[34]', // the transaction outlived its time
    '^28(000|P01)|^3D000', // password, role or database changed under a running server; a start refuses these
    '^53[0123]00', // out of files, disk, memory, connections
    '^55P03|^57014', // waited too long for a lock or an answer
    '^57000|^57P0[1-5]', // shut down, crashed, starting, database dropped, idle for too long
    '^580[03]0', // the server's own disk or system failed
  ].join('|'),
)
/** No such table, no such column: expected while migrations are pending. */
const UNMIGRATED_STATES = /^(42P01|42703)$/
/** Codes of Node, then of the driver adapter. */
const UNAVAILABLE_CODES = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['EHOSTUNREACH', 'ENETUNREACH'],
  ...['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'],
  // Prisma: a transaction got no connection, or exceeded its time.
  'P2028',
])
/** Errors that `pg` throws without a code. */
const UNAVAILABLE_MESSAGES =
  /^Connection terminated|is not queryable$|^timeout exceeded when trying to connect|^Query read timeout|^Client was closed/

/** Whether the database is unreachable or overloaded, so that a retry may succeed (503). Other errors are bugs (500). */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable) return true
  if (!(error instanceof Error)) return false
  const { sqlState, names } = codesOf(error)
  if (UNAVAILABLE_STATES.test(sqlState)) return true
  if (UNMIGRATED_STATES.test(sqlState)) return !databaseState().migrated
  return names.some((name) => UNAVAILABLE_CODES.has(name)) || UNAVAILABLE_MESSAGES.test(error.message)
}

/** Empty if the server sent no SQLSTATE. */
export function sqlStateOf(error: unknown): string {
  return error instanceof Error ? codesOf(error).sqlState : ''
}

/** A cause for the log that quotes no data: an SQLSTATE, a driver's code, or the error's name. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const { sqlState, names } = codesOf(error)
  return sqlState || names.findLast(Boolean) || UNAVAILABLE_MESSAGES.exec(error.message)?.[0] || error.name
}

type AdapterCause = { originalCode?: unknown; kind?: unknown }
type Coded = {
  code?: unknown
  cause?: AdapterCause
  meta?: { driverAdapterError?: { cause?: AdapterCause } }
}

/** `pg` sets `code`. Prisma keeps the driver's below `meta`. Errors of BEGIN, COMMIT and ROLLBACK are the adapter's own. */
function codesOf(error: Error): { sqlState: string; names: string[] } {
  const coded = error as Coded
  const code = String(coded.code ?? '')
  const cause = coded.meta?.driverAdapterError?.cause ?? coded.cause
  const original = String(cause?.originalCode ?? '')
  return {
    // Prisma's codes start with P1 to P6 and PostgreSQL's with P0, so that the two do not overlap.
    sqlState: original || (/^(?!P[1-9])[0-9A-Z]{5}$/.test(code) ? code : ''),
    names: [code, String(cause?.kind ?? '')],
  }
}
