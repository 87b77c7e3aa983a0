import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { startPgBouncer } from '../../lib/testing/pgbouncer.ts'
import { createDatabase } from '../../lib/testing/postgres-server.ts'
import { databaseUrl } from './run.ts'
import { startServer } from './server.ts'

/** Fewer than the connections of two servers. */
const SERVER_CONNECTIONS = 5

export type PooledDatabase = { settings: Record<string, string>; stop: () => Promise<void> }

/** An empty database behind PgBouncer in transaction mode, prepared by what a refused start prints. */
export async function startPooledDatabase(): Promise<PooledDatabase> {
  const direct = await createDatabase(databaseUrl(), `pooled_${randomUUID()}`)
  const pooler = await startPgBouncer(direct, { serverConnections: SERVER_CONNECTIONS })
  const settings = { DATABASE_URL: pooler.url, DATABASE_DIRECT_URL: direct }
  const refusal = await startServer(settings).then(
    () => '',
    (error: Error) => error.message,
  )
  const [, commands] = /: run (ALTER ROLE .*;) Then/.exec(refusal) ?? []
  if (!commands) throw new Error(`The start was not refused for missing settings. It printed:\n${refusal}`)
  await run(direct, commands)
  await run(pooler.consoleUrl, 'RECONNECT')
  return { settings, stop: pooler.stop }
}

async function run(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(sql).finally(() => client.end())
}
