import { migrate } from '../../lib/db/migrations/migrate.ts'
import { startHelper } from '../helper-process.ts'
import { SCENARIOS } from '../scenarios.ts'
import { type Contender, type World, WRITER } from './contender.ts'
import { openPool } from './open-pool.ts'
import { insertSessions } from './sessions.ts'

/** The limit of log-ins and sign-ups. */
export async function startBcrypt({ bcryptCost }: World): Promise<Contender> {
  const helper = startHelper('floors/bcrypt.ts', { BCRYPT_COST: String(bcryptCost) })
  const nothing = async () => ({ origin: '', requests: [] })
  return {
    ...{ title: 'bcryptjs on all processors', pid: helper.pid, run: helper.run },
    targets: { 'log-in': nothing, 'sign-up': nothing },
    stop: async () => helper.stop(),
  }
}

/** The limit of refreshed tokens. */
export async function startRotation(world: World): Promise<Contender> {
  const database = await world.createDatabase()
  await migrate(database)
  const sql = openPool(database)
  await sql.query('INSERT INTO users (id, email, updated_at) VALUES (uuidv7(), $1, now())', [WRITER])
  const helper = startHelper('floors/rotation.ts', { DATABASE_URL: database })
  return {
    ...{ title: 'the same writes in a bare pg transaction', pid: helper.pid, run: helper.run },
    targets: {
      refresh: async () => {
        const tokens = await insertSessions(sql, WRITER, SCENARIOS.refresh.connections)
        const requests = tokens.map((token) => ({
          ...{ method: 'POST' as const, path: '', headers: {} },
          body: { refresh_token: token },
        }))
        return { origin: '', requests, carry: 'refresh_token' }
      },
    },
    stop: async () => {
      helper.stop()
      await sql.end()
    },
  }
}
