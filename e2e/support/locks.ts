import pg from 'pg'
import { expect } from './test.ts'

/** A process of the server that waits for a lock, and its process in PostgreSQL. */
export type LockWaiter = { serverPid: number; backendPid: number }

/** Queries the database at `url`. For the run's database, use `query` of sql.ts. */
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

/** Runs a statement and holds its locks. @returns a function that releases them */
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

/** Waits until `count` connections of servers, or of one of them, wait for locks in the database at `url`. */
export async function waitForLockWaiters(
  url: string,
  count: number,
  { ofServer }: { ofServer?: number } = {},
): Promise<LockWaiter[]> {
  let found: LockWaiter[] = []
  const countWaiters = async () => {
    // Servers name their connections `taskward` and their process.
    const all = await queryDatabase<LockWaiter>(
      url,
      `SELECT pid AS "backendPid", split_part(application_name, ' ', 2)::int AS "serverPid" FROM pg_stat_activity
       WHERE datname = current_database() AND application_name LIKE 'taskward %' AND wait_event_type = 'Lock'`,
    )
    found = all.filter(({ serverPid }) => ofServer === undefined || serverPid === ofServer)
    return found.length
  }
  await expect.poll(countWaiters, { intervals: [20] }).toBe(count)
  return found
}
