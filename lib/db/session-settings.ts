import type { ClientBase } from 'pg'

/** The adapter writes and reads every timestamptz as UTC, in ISO form, whatever the session does (decision 0035). */
const TIMES = `SET TimeZone = 'UTC'; SET DateStyle = 'ISO'`
/** The server's own limits, which come before those of the client. */
const LIMITS = `SET statement_timeout = '10s'; SET lock_timeout = '5s'; SET idle_in_transaction_session_timeout = '10s'`

/**
 * For a pool's `onConnect`, which waits for the promise. Statements, because poolers such as PgBouncer refuse or drop
 * startup parameters.
 */
export async function setTimes(connection: ClientBase): Promise<void> {
  await send(connection, TIMES)
}

/** The same for requests and jobs, which must not wait for ever. */
export async function setTimesAndLimits(connection: ClientBase): Promise<void> {
  await send(connection, `${TIMES}; ${LIMITS}`)
}

async function send(connection: ClientBase, settings: string): Promise<void> {
  // Without a listener, the end of a connection that nothing waits for would end the process.
  connection.on('error', () => {})
  await connection.query(settings)
}
