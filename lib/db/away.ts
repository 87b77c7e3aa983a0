import { databaseState } from './state.ts'

/** Thrown where there is no database to ask yet. */
export class DatabaseAway extends Error {}

/** SQLSTATE: connection lost, shut down, starting up, too many connections, waited too long for a lock or an answer. */
const AWAY_STATES = /^(08...|57P0[1235]|53300|55P03|57014)$/
/** SQLSTATE: no such table, no such column. While migrations are pending, that is no mistake of the query. */
const UNMIGRATED_STATES = /^(42P01|42703)$/
/** Node's names, then the driver adapter's. */
const AWAY_CODES = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['EHOSTUNREACH', 'ENETUNREACH'],
  ...['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections'],
  // Prisma's word for a transaction that got no connection, or outlived its time.
  'P2028',
])
/** What `pg` throws without any code. */
const AWAY_MESSAGES =
  /^Connection terminated|is not queryable$|^timeout exceeded when trying to connect|^Query read timeout|^Client was closed/

/**
 * Whether an error means that the database is absent or too busy to answer, and a later attempt may succeed (503),
 * rather than a mistake of ours (500). Each kind was provoked on a real server: away.test.ts.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof DatabaseAway) return true
  if (!(error instanceof Error)) return false
  const { sqlState, names } = codesOf(error)
  if (AWAY_STATES.test(sqlState)) return true
  if (UNMIGRATED_STATES.test(sqlState)) return !databaseState().migrated
  return names.some((name) => AWAY_CODES.has(name)) || AWAY_MESSAGES.test(error.message)
}

/** The SQLSTATE, so that a start can tell a wrong password from a missing server; empty when the server never spoke. */
export function sqlStateOf(error: unknown): string {
  return error instanceof Error ? codesOf(error).sqlState : ''
}

/** Why the database is away, in a word that quotes no data: an SQLSTATE, or what the driver calls it. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const { sqlState, names } = codesOf(error)
  return sqlState || names.findLast(Boolean) || AWAY_MESSAGES.exec(error.message)?.[0] || error.name
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
    sqlState: original || (/^[0-9A-Z]{5}$/.test(code) ? code : ''),
    names: [code, String(cause?.kind ?? '')],
  }
}
