import pg from 'pg'

const ROUNDS = 10
/** PgBouncer's error. */
const UNSUPPORTED = /^unsupported startup parameter(?: in options)?: (\S+)/

/** Throws if a pooler shares sessions or refuses a parameter: timeouts, time zone and locks need sessions (decision 0035). */
export async function refuseSharedSessions(url: string): Promise<void> {
  const clients = [open(url), open(url)] as const
  try {
    for (const client of clients) await client.connect()
    if (await shareSession(...clients)) {
      throw new Error(
        'DATABASE_URL leads to a pooler in transaction or statement mode, which Taskward cannot use: set pool_mode = session for its database, or connect directly.',
      )
    }
  } catch (error) {
    const parameter = error instanceof Error && UNSUPPORTED.exec(error.message)?.[1]
    if (!parameter) throw error
    throw new Error(
      `DATABASE_URL leads to a pooler that refuses the startup parameter ${parameter}: remove it from DATABASE_URL (or PGOPTIONS), or allow it in the pooler's ignore_startup_parameters.`,
    )
  } finally {
    await Promise.allSettled(clients.map((client) => client.end()))
  }
}

function open(url: string): pg.Client {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000, query_timeout: 3000 })
  client.on('error', () => {})
  return client
}

/** A pooler that shares sessions mixes server processes, at random under other traffic: hence several rounds. */
async function shareSession(one: pg.Client, other: pg.Client): Promise<boolean> {
  const [first, second] = [await processOf(one), await processOf(other)]
  for (let round = 0; round < ROUNDS; round++) {
    const isKept =
      (await processOf(one)) === first &&
      (await processOf(one)) === first &&
      (await processOf(other)) === second
    if (!isKept) return true
  }
  return first === second
}

async function processOf(client: pg.Client): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
  return rows[0]?.pid
}
