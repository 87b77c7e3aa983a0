import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { nodeEnv } from '#lib/env/node.ts'
import { DatabaseUnavailable } from './availability.ts'
import { type Prisma, PrismaClient } from './generated/client.ts'
import { setTimesAndLimits } from './session-settings.ts'
import { applicationName, databaseState } from './state.ts'
import { traced } from './traced.ts'

export { isDatabaseUnavailable } from './availability.ts'

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
/** A check gives up sooner. There are several, because one that hangs must not block the next. */
const CHECK_LIMITS = { ...LIMITS, max: 4, connectionTimeoutMillis: 5_000, query_timeout: 5_000 }

/** The database client of this process. Connects at the first query; throws `DatabaseUnavailable` before the embedded server runs. */
export function db(): Db {
  return client().prisma
}

/** Connections for health checks alone: a check that waits for a busy pool would mistake load for an outage. */
export function checkPool(): pg.Pool {
  return client().checkPool
}

function client() {
  const state = databaseState()
  const url = databaseUrl()
  if (!url) throw new DatabaseUnavailable('The embedded PostgreSQL has not started yet.')
  if (state.client?.url === url) return state.client
  void closeClient(state.client)
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
  await closeClient(client)
}

async function closeClient(client: ReturnType<typeof connect> | null): Promise<void> {
  await Promise.all([client?.prisma.$disconnect(), client?.checkPool.end()])
}

function makePool(url: string, limits: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: applicationName(),
    onConnect: setTimesAndLimits,
    ...limits,
  })
  // The pool replaces the connection. Prisma listens as well, from its first query on.
  return pool.on('error', () => {})
}

function connect(url: string) {
  const pool = makePool(url, LIMITS)
  const adapter = traced(new PrismaPg(pool, { disposeExternalPool: true }))
  // Messages of mistaken queries would quote their values, and end on standard error where nothing of ours catches them.
  const options = { adapter, errorFormat: 'minimal' } as const
  const transactionOptions = { maxWait: 3_000, timeout: 10_000 }
  const checkPool = makePool(url, CHECK_LIMITS)
  return { url, pool, checkPool, prisma: new PrismaClient({ ...options, transactionOptions }) }
}
