import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { countProcesses } from '#lib/env/cluster.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { DatabaseUnavailable } from './availability.ts'
import { type Prisma, PrismaClient } from './generated/client.ts'
import { keepDefaults, setTimesAndLimits } from './session-settings.ts'
import { applicationName, databaseState } from './state.ts'
import { traced } from './traced.ts'

export { isDatabaseUnavailable } from './availability.ts'

export type Db = PrismaClient
/** `db()` or the client of an open transaction. */
export type Tx = Prisma.TransactionClient

const LIMITS = {
  max: 10,
  connectionTimeoutMillis: 3_000,
  idleTimeoutMillis: 30_000,
  // After a failover, a busy connection would otherwise stay at the former primary.
  maxLifetimeSeconds: 300,
  // For a network that drops answers. The server's own limits come first.
  query_timeout: 15_000,
  keepAlive: true,
}
/** Shorter than for requests, and several, because a check that hangs must not block the next one. */
const CHECK_LIMITS = { ...LIMITS, max: 4, connectionTimeoutMillis: 5_000, query_timeout: 5_000 }

/** Connects at the first query. Throws `DatabaseUnavailable` while the embedded server has not started. */
export function db(): Db {
  return connectedClient().prisma
}

/** Connections for health checks: with the requests' pool, load would count as an outage. */
export function checkPool(): pg.Pool {
  return connectedClient().checkPool
}

/** The pool of `db()`, for what Prisma does not do. Throws like `db`. */
export function connectedClient() {
  const state = databaseState()
  const url = databaseUrl()
  if (!url) throw new DatabaseUnavailable('The embedded PostgreSQL has not started yet.')
  if (state.client?.url === url) return state.client
  void closeClient(state.client)
  state.client = connect(url)
  return state.client
}

/** `DATABASE_URL`, or the embedded server's URL, or null before that server has started. */
export function databaseUrl(): string | null {
  return nodeEnv().databaseUrl ?? databaseState().embeddedUrl
}

export async function closeDb(): Promise<void> {
  const state = databaseState()
  const client = state.client
  state.client = null
  await closeClient(client)
}

async function closeClient(client: ReturnType<typeof connect> | null): Promise<void> {
  await client?.prisma.$disconnect()
  await Promise.all([client?.pool.end(), client?.checkPool.end()])
}

function makePool(url: string, limits: pg.PoolConfig): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: applicationName(),
    onConnect: nodeEnv().databaseDirectUrl ? keepDefaults : setTimesAndLimits,
    ...limits,
  })
  // The pool replaces a broken connection. Prisma also listens, but only after its first query.
  return pool.on('error', () => {})
}

/** At least two, so that one query that hangs does not block a process. */
function shareOf(connections: number): number {
  return Math.max(2, Math.ceil(connections / countProcesses()))
}

function connect(url: string) {
  const pool = makePool(url, { ...LIMITS, max: shareOf(LIMITS.max) })
  const adapter = traced(new PrismaPg(pool))
  // The longer format prints the values of a failed query to standard error.
  const options = { adapter, errorFormat: 'minimal' } as const
  const transactionOptions = { maxWait: 3_000, timeout: 10_000 }
  const checkPool = makePool(url, { ...CHECK_LIMITS, max: shareOf(CHECK_LIMITS.max) })
  const prisma = new PrismaClient({ ...options, transactionOptions })
  return { url, pool, checkPool, prisma, namesStatements: !nodeEnv().databaseDirectUrl }
}
