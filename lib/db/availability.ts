import { databaseState } from './state.ts'

/** Thrown where there is no database to ask yet. */
export class DatabaseUnavailable extends Error {
  override name = 'DatabaseUnavailable'
}

/**
 * SQLSTATEs that no query of this server causes, and that another attempt or an operator may end. Decision 0035 goes
 * through PostgreSQL's list, and says why the others are absent.
 */
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
/** SQLSTATE: no such table, no such column. While migrations are pending, that is no mistake of the query. */
const UNMIGRATED_STATES = /^(42P01|42703)$/
/** Node's names, then the driver adapter's. */
const UNAVAILABLE_CODES = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['EHOSTUNREACH', 'ENETUNREACH'],
  ...['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'],
  // Prisma's word for a transaction that got no connection, or outlived its time.
  'P2028',
])
/** What `pg` throws without any code. */
const UNAVAILABLE_MESSAGES =
  /^Connection terminated|is not queryable$|^timeout exceeded when trying to connect|^Query read timeout|^Client was closed/

/**
 * Whether an error means that the database is absent or too busy to answer, and a later attempt may succeed (503),
 * rather than a mistake of ours (500). Each kind was provoked on a real server: availability.test.ts.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable) return true
  if (!(error instanceof Error)) return false
  const { sqlState, names } = codesOf(error)
  if (UNAVAILABLE_STATES.test(sqlState)) return true
  if (UNMIGRATED_STATES.test(sqlState)) return !databaseState().migrated
  return names.some((name) => UNAVAILABLE_CODES.has(name)) || UNAVAILABLE_MESSAGES.test(error.message)
}

/** The SQLSTATE; empty when the server never answered. */
export function sqlStateOf(error: unknown): string {
  return error instanceof Error ? codesOf(error).sqlState : ''
}

/** Why the database is away, in a word that quotes no data: an SQLSTATE, or what the driver calls it. */
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

/**
 * `pg` writes its code on the error; Prisma keeps the driver's below `meta` and has codes of its own. What fails at a
 * transaction's BEGIN, COMMIT or ROLLBACK is the adapter's own error, which Prisma lets through as it is.
 */
function codesOf(error: Error): { sqlState: string; names: string[] } {
  const coded = error as Coded
  const code = String(coded.code ?? '')
  const cause = coded.meta?.driverAdapterError?.cause ?? coded.cause
  const original = String(cause?.originalCode ?? '')
  return {
    // Prisma's own codes look like SQLSTATEs, and begin with P1 to P6; PostgreSQL's only class there is P0.
    sqlState: original || (/^(?!P[1-9])[0-9A-Z]{5}$/.test(code) ? code : ''),
    names: [code, String(cause?.kind ?? '')],
  }
}
