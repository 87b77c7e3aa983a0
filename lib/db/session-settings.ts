import type { ClientBase } from 'pg'

type Settings = Record<string, string>

/** The adapter takes every timestamptz for UTC in ISO form, whatever the session's settings (decision 0035). */
const TIMES: Settings = { TimeZone: 'UTC', DateStyle: 'ISO, MDY' }

const NO_LIMITS: Settings = {
  statement_timeout: '0',
  lock_timeout: '0',
  idle_in_transaction_session_timeout: '0',
}

/** Spelled as `current_setting` reports them. */
const REQUIRED: Settings = {
  ...TIMES,
  // Transactions read again what another one committed while they waited for a lock.
  default_transaction_isolation: 'read committed',
  statement_timeout: '10s',
  lock_timeout: '5s',
  idle_in_transaction_session_timeout: '10s',
}

/** SQL for a table with the name and the value of each required setting that the session lacks. */
export const MISSING_SETTINGS = `(
  SELECT name, value FROM (VALUES ${Object.entries(REQUIRED)
    .map(([name, value]) => `('${name}', '${value}')`)
    .join()}) AS required (name, value)
  WHERE current_setting(name) <> value) AS missing`

/** For a pool's `onConnect`. Sent as statements, because poolers such as PgBouncer refuse startup parameters. */
export async function setTimesAndLimits(connection: ClientBase): Promise<void> {
  await send(connection, REQUIRED)
}

/** For migrations, which may take longer than the limits that the role has by default. */
export async function setTimesWithoutLimits(connection: ClientBase): Promise<void> {
  await send(connection, { ...TIMES, ...NO_LIMITS })
}

/** For sessions that a pooler lends by transaction: a `SET` would stay with one of them (decision 0042). */
export async function keepDefaults(connection: ClientBase): Promise<void> {
  ignoreLoss(connection)
}

async function send(connection: ClientBase, settings: Settings): Promise<void> {
  ignoreLoss(connection)
  await connection.query(
    Object.entries(settings)
      .map(([name, value]) => `SET ${name} = '${value}'`)
      .join('; '),
  )
}

/** Without a listener, a lost idle connection would end the process. */
function ignoreLoss(connection: ClientBase): void {
  connection.on('error', () => {})
}
