import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { nodeEnv } from '#lib/env/node'
import { DatabaseAway } from './away.ts'
import { type Prisma, PrismaClient } from './generated/client.ts'
import { setTimesAndLimits } from './session-settings.ts'
import { applicationName, databaseState } from './state.ts'
import { traced } from './traced.ts'

export { isDatabaseAway } from './away.ts'

export type Db = PrismaClient
/** What `db()` and the callback of a transaction have in common. */
export type Tx = Prisma.TransactionClient

/** `pg` waits for ever by default, in every respect. */
const LIMITS = {
  max: 10,
  connectionTimeoutMillis: 3_000,
  idleTimeoutMillis: 30_000,
  // After a failover a connection that stays busy would lead to the former primary for ever.
  maxLifetimeSeconds: 300,
  // For a network that swallows answers: the server's own limits come first.
  query_timeout: 15_000,
  keepAlive: true,
}

/** The database client of this process. Connects at the first query; throws `DatabaseAway` before the embedded server runs. */
export function db(): Db {
  return client().prisma
}

/** The connections of `db()`, for health checks. */
export function connectionPool(): pg.Pool {
  return client().pool
}

function client() {
  const state = databaseState()
  const url = databaseUrl()
  if (!url) throw new DatabaseAway('The embedded PostgreSQL has not started yet.')
  if (state.client?.url === url) return state.client
  void state.client?.prisma.$disconnect()
  state.client = connect(url)
  return state.client
}

/** `DATABASE_URL`, or the embedded server's once `startEmbedded` has answered; else null. */
export function databaseUrl(): string | null {
  return nodeEnv().databaseUrl ?? databaseState().embeddedUrl
}

/** Ends the connections of `db()`; a later `db()` would make new ones. */
export async function closeDb(): Promise<void> {
  const state = databaseState()
  const client = state.client
  state.client = null
  await client?.prisma.$disconnect()
}

function connect(url: string) {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: applicationName(),
    onConnect: setTimesAndLimits,
    ...LIMITS,
  })
  // The pool replaces the connection. Prisma listens as well, from its first query on.
  pool.on('error', () => {})
  const adapter = traced(new PrismaPg(pool, { disposeExternalPool: true }))
  // Messages of mistaken queries would quote their values, and end on standard error where nothing of ours catches them.
  const options = { adapter, errorFormat: 'minimal' } as const
  const transactionOptions = { maxWait: 3_000, timeout: 10_000 }
  return { url, pool, prisma: new PrismaClient({ ...options, transactionOptions }) }
}
