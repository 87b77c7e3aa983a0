import type { ClientBase } from 'pg'

/** The adapter takes every timestamptz for UTC in ISO form, whatever the session's settings (decision 0035). */
const TIMES = `SET TimeZone = 'UTC'; SET DateStyle = 'ISO'`
const LIMITS = `SET statement_timeout = '10s'; SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '10s'`
/** Transactions read again what another one committed while they waited for a lock. */
const ISOLATION = `SET default_transaction_isolation = 'read committed'`

/** For a pool's `onConnect`. Sent as statements, because poolers such as PgBouncer refuse startup parameters. */
export async function setTimes(connection: ClientBase): Promise<void> {
  await send(connection, TIMES)
}

export async function setTimesAndLimits(connection: ClientBase): Promise<void> {
  await send(connection, `${TIMES}; ${ISOLATION}; ${LIMITS}`)
}

async function send(connection: ClientBase, settings: string): Promise<void> {
  // Without a listener, a lost idle connection would end the process.
  connection.on('error', () => {})
  await connection.query(settings)
}
