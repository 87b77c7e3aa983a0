import type pg from 'pg'
import { migrate } from '../../lib/db/migrations/migrate.ts'
import type { Target } from '../load/plan.ts'
import { startLoadProcess } from '../load-process.ts'
import { SCENARIOS } from '../scenarios.ts'
import { type Contender, type World, WRITER } from './contender.ts'
import { openPool } from './open-pool.ts'
import { startPeerServer } from './peer.ts'
import { insertSessions } from './sessions.ts'

/** The limit of log-ins and sign-ups. */
export async function startBcrypt({ bcryptCost }: World): Promise<Contender> {
  const loop = startLoadProcess('floors/bcrypt.ts', { BCRYPT_COST: String(bcryptCost) })
  const nothing = async () => ({ origin: '', requests: [] })
  return {
    ...{ title: 'bcryptjs on all processors', pid: loop.pid, run: loop.run },
    targets: { 'log-in': nothing, 'sign-up': nothing },
    stop: async () => loop.stop(),
  }
}

/** The limit of refreshed tokens. */
export async function startRotation(world: World): Promise<Contender> {
  const { database, sql } = await openMigrated(world)
  const loop = startLoadProcess('floors/rotation.ts', { DATABASE_URL: database })
  return {
    ...{ title: 'the same writes in a bare pg transaction', pid: loop.pid, run: loop.run },
    targets: { refresh: () => refreshTarget(sql, '') },
    stop: async () => {
      loop.stop()
      await sql.end()
    },
  }
}

/** The floor of refreshed tokens: the same transaction behind HTTP and Next.js. */
export async function startRotationRoute(world: World): Promise<Contender> {
  const { database, sql } = await openMigrated(world)
  const { origin, server } = await startPeerServer({ database })
  return {
    ...{ title: 'that transaction in a bare Next.js route', pid: server.pid, run: world.load },
    targets: { refresh: () => refreshTarget(sql, origin) },
    stop: async () => {
      await sql.end()
      await server.stop()
    },
  }
}

/** A database with Taskward's tables and one user. */
async function openMigrated(world: World) {
  const database = await world.createDatabase()
  await migrate(database)
  const sql = openPool(database)
  await sql.query('INSERT INTO users (id, email, updated_at) VALUES (uuidv7(), $1, now())', [WRITER])
  return { database, sql }
}

async function refreshTarget(sql: pg.Pool, origin: string): Promise<Target> {
  const tokens = await insertSessions(sql, WRITER, SCENARIOS.refresh.connections)
  const requests = tokens.map((token) => ({
    ...{ method: 'POST' as const, path: '/refresh', headers: {} },
    body: { refresh_token: token },
  }))
  return { origin, requests, carry: 'refresh_token' }
}
