import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type pg from 'pg'
import { freePort } from '../../lib/testing/free-port.ts'
import { root, tools } from '../../scripts/setup/root.ts'
import type { PlannedRequest, Target } from '../load/plan.ts'
import { ask } from '../load/send.ts'
import { startServer } from '../server.ts'
import { type Contender, LISTED_TASKS, READER, taskBody, type World, WRITER } from './contender.ts'
import { openPool } from './open-pool.ts'
import { openTasks } from './open-tasks.ts'
import { PEER_SCHEMA } from './peer-schema.ts'

type Headers = Record<string, string>

/** A running peer, its database, and the secret that signs its tokens. */
export type Place = { origin: string; sql: pg.Pool; secret: string }

/** How a peer knows its accounts. */
export type Accounts = {
  /** @returns the id of the new account */
  signUp: (email: string) => Promise<unknown>
  headersOf: (email: string) => Promise<Headers>
  forgedHeaders: () => Promise<Headers>
}

export type Peer = {
  /** Where its routes begin. */
  path: string
  title: string
  /** Of Node, where it is no Next.js server. */
  args?: string[]
  env?: Record<string, string>
  accounts: (place: Place) => Accounts
  /** In addition to those that all peers have. */
  targets?: (place: Place, accounts: Accounts) => Contender['targets']
}

export const PEERS_FOLDER = join(root, 'bench', 'peers')
const NEXT = [tools.next, 'start', '--experimental-next-config-strip-types', '--hostname', '127.0.0.1']

/** Starts a server, and gives the reader the tasks to list. */
export async function startPeer(peer: Peer, world: World): Promise<Contender> {
  const database = await world.createDatabase()
  const sql = openPool(database)
  await sql.query(PEER_SCHEMA)
  const { origin, secret, server } = await startPeerServer({ ...peer, database })
  const place = { origin, sql, secret }
  const accounts = peer.accounts(place)
  const writerId = await fill(peer, { place, accounts })
  const targets = { ...targetsOf(peer, { place, accounts, writerId }), ...peer.targets?.(place, accounts) }
  const stop = async () => {
    await sql.end()
    await server.stop()
  }
  return { title: peer.title, pid: server.pid, run: world.load, targets, stop }
}

/** Starts the peers' build, or another program with the same variables. */
export async function startPeerServer({
  database,
  args = NEXT,
  env = {},
}: Pick<Peer, 'args' | 'env'> & { database: string }) {
  const port = String(await freePort())
  const origin = `http://127.0.0.1:${port}`
  const secret = randomBytes(32).toString('base64url')
  const server = await startServer({
    args,
    cwd: PEERS_FOLDER,
    env: {
      ...{ NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', PORT: port, DATABASE_URL: database },
      ...{ JWT_SECRET: secret, AUTH_SECRET: secret, BETTER_AUTH_SECRET: secret, BETTER_AUTH_URL: origin },
      ...env,
    },
    origin,
    readyPath: '/ready',
  })
  return { origin, secret, server }
}

type Running = { place: Place; accounts: Accounts }

async function fill({ path }: Peer, { place, accounts }: Running): Promise<unknown> {
  await accounts.signUp(READER)
  const writerId = await accounts.signUp(WRITER)
  const headers = await accounts.headersOf(READER)
  for (let task = 1; task <= LISTED_TASKS; task++) {
    await ask(place.origin, { method: 'POST', path: `${path}/tasks`, headers, body: taskBody(task) })
  }
  return writerId
}

function targetsOf(
  { path }: Peer,
  { place, accounts, writerId }: Running & { writerId: unknown },
): Contender['targets'] {
  const target = (...requests: PlannedRequest[]): Target => ({ origin: place.origin, requests })
  const read = (part: string, headers: Headers) => target({ method: 'GET', path: `${path}/${part}`, headers })
  const tasks = openTasks(place.sql, async () => [writerId])
  return {
    'list-cookie': async () => read('tasks', await accounts.headersOf(READER)),
    me: async () => read('me', await accounts.headersOf(READER)),
    create: async () => {
      const headers = await accounts.headersOf(WRITER)
      return target({ method: 'POST', path: `${path}/tasks`, headers, body: taskBody(0) })
    },
    complete: async () => {
      const headers = await accounts.headersOf(WRITER)
      const paths = (await tasks()).map(({ id }) => `${path}/tasks/${id}/complete`)
      return target(...paths.map((one) => ({ method: 'PATCH' as const, path: one, headers })))
    },
    'forged-token': async () => read('tasks', await accounts.forgedHeaders()),
  }
}
