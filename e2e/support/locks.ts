import pg from 'pg'
import { expect } from './test.ts'

/** Who waits for a lock: a server's process, and the database's process that serves it. */
export type Waiter = { serverPid: number; backendPid: number }

/** Asks a database of one's own. */
export async function queryDatabase<Row extends object>(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql, values)).rows
  } finally {
    await client.end()
  }
}

/** Runs a statement and holds its locks until the returned function lets them go. */
export async function holdLocks(
  url: string,
  sql: string,
  values: unknown[] = [],
): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('BEGIN')
  await client.query(sql, values)
  return () => client.end()
}

/** Waits until `count` connections of servers wait for locks in this database. */
export async function waitForLockWaiters(url: string, count: number): Promise<Waiter[]> {
  let found: Waiter[] = []
  const look = async () => {
    // Servers name their connections `taskward` and their process.
    found = await queryDatabase<Waiter>(
      url,
      `SELECT pid AS "backendPid", split_part(application_name, ' ', 2)::int AS "serverPid" FROM pg_stat_activity
       WHERE datname = current_database() AND application_name LIKE 'taskward %' AND wait_event_type = 'Lock'`,
    )
    return found.length
  }
  await expect.poll(look, { intervals: [20] }).toBe(count)
  return found
}
