import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type pg from 'pg'
import { generous } from '../../e2e/support/global-setup.ts'
import { freePort } from '../../lib/testing/free-port.ts'
import { root } from '../../scripts/setup/root.ts'
import { blankSettings } from '../../scripts/setup/settings.ts'
import type { PlannedRequest, Target } from '../load/plan.ts'
import { ask } from '../load/send.ts'
import { SCENARIOS } from '../scenarios.ts'
import { startServer } from '../server.ts'
import {
  type Contender,
  CROWD,
  crowdEmail,
  forge,
  LISTED_TASKS,
  PASSWORD,
  READER,
  remember,
  taskBody,
  type World,
  WRITER,
} from './contender.ts'
import { openPool } from './open-pool.ts'
import { openTasks } from './open-tasks.ts'
import { insertCrowd, insertSessions } from './sessions.ts'

/** Enough for a round of sign-ups. */
const NEW_ACCOUNTS = 200

const HOST = '127.0.0.1'

type Variant = { folder?: string; processes?: number }

/** Starts the build of this checkout, or that of another one for comparison. */
export async function startTaskward(
  world: World,
  { folder = root, processes = 1 }: Variant = {},
): Promise<Contender> {
  if (!existsSync(join(folder, '.next', 'BUILD_ID'))) throw new Error(`${folder} has no build.`)
  const database = await world.createDatabase()
  const port = String(await freePort())
  const origin = `http://${HOST}:${port}`
  const server = await startServer({
    args: await argumentsOf(folder, { port, processes }),
    cwd: folder,
    env: {
      ...blankSettings(),
      ...(await settings(folder)),
      ...(await environmentOf(folder)),
      BCRYPT_COST: String(world.bcryptCost),
      PASSWORD_WAIT_SECONDS: String(world.passwordWaitSeconds),
      DATABASE_URL: database,
      APP_URL: origin,
      PORT: port,
      WEB_CONCURRENCY: String(processes),
    },
    origin,
    readyPath: '/api/health',
  })
  const sql = openPool(database)
  await fill(origin, sql)
  const stop = async () => {
    await sql.end()
    await server.stop()
  }
  const title = titleOf(folder, processes)
  return { title, pid: server.pid, processes, run: world.load, targets: targetsOf(origin, sql), stop }
}

function titleOf(folder: string, processes: number): string {
  if (processes > 1) return `Taskward, ${processes} processes`
  return folder === root ? 'Taskward' : `Taskward in ${basename(resolve(folder))}`
}

/** As `npm start` of that checkout runs the server. */
async function argumentsOf(folder: string, place: { port: string; processes: number }): Promise<string[]> {
  const hostname = HOST
  const file = setupFile(folder, 'next-start.ts')
  if (existsSync(file)) return (await import(file)).nextStart({ ...place, hostname })
  const next = join(resolve(folder), 'node_modules/next/dist/bin/next')
  return [next, 'start', '--port', place.port, '--hostname', hostname]
}

async function environmentOf(folder: string): Promise<Record<string, string>> {
  const file = setupFile(folder, 'server-environment.ts')
  return existsSync(file) ? (await import(file)).serverEnvironment() : {}
}

/** Earlier commits lack some. */
function setupFile(folder: string, name: string): string {
  return join(resolve(folder), 'scripts', 'setup', name)
}

/** @param folder a checkout, which may know other limits */
async function settings(folder: string) {
  const secret = () => randomBytes(32).toString('base64url')
  return {
    JWT_SECRET: secret(),
    PASSWORD_PEPPER: secret(),
    AUDIT_SEAL_SECRET: secret(),
    RATE_LIMITS: generous((await import(join(resolve(folder), 'lib/throttle/limits.ts'))).LIMITS),
    TASKWARD_TEST: '1',
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
  }
}

async function fill(origin: string, sql: pg.Pool): Promise<void> {
  for (const email of [READER, WRITER]) {
    await ask(origin, post('/api/auth/signup', { email, password: PASSWORD }))
  }
  const headers = bearer(await logIn(origin, READER))
  for (let task = 1; task <= LISTED_TASKS; task++) {
    await ask(origin, { ...post('/api/me/tasks', taskBody(task)), headers })
  }
  await insertCrowd(sql, CROWD)
}

function targetsOf(origin: string, sql: pg.Pool): Contender['targets'] {
  const tokenOf = remember((email) => logIn(origin, email))
  const target = (...requests: PlannedRequest[]): Target => ({ origin, requests })
  const read = (path: string, headers = {}) => target({ method: 'GET', path, headers })
  const writers = remember(() => logInWriters(origin, sql))
  const tasks = openTasks(sql, async () => [...(await writers('')).keys()])
  return {
    'list-bearer': async () => read('/api/me/tasks', bearer(await tokenOf(READER))),
    'list-cookie': async () => read('/api/me/tasks', cookie(await tokenOf(READER))),
    me: async () => read('/api/auth/me', bearer(await tokenOf(READER))),
    create: async () => {
      const all = [...(await writers('')).values()]
      return target(...all.map((headers) => ({ ...post('/api/me/tasks', taskBody(0)), headers })))
    },
    complete: async () => {
      const headersOf = await writers('')
      const open = (await tasks()).map(({ id, userId }) => ({
        ...{ method: 'PATCH' as const, path: `/api/me/tasks/${id}/complete` },
        headers: headersOf.get(userId) ?? {},
      }))
      return target(...open)
    },
    refresh: async () => {
      const tokens = await insertSessions(sql, WRITER, SCENARIOS.refresh.connections)
      const requests = tokens.map((token) => post('/api/auth/refresh', { refresh_token: token }))
      return { origin, requests, carry: 'refresh_token' }
    },
    'forged-token': async () => read('/api/me/tasks', bearer(forge(await tokenOf(READER)))),
    'tasks-page': async () => read('/tasks', cookie(await tokenOf(READER))),
    'login-page': async () => read('/login'),
    'log-in': async () => target(...logIns()),
    'sign-up': async () => target(...signUps()),
  }
}

/** Changes of one account wait for each other, so each connection has its own. @returns headers by user */
async function logInWriters(origin: string, sql: pg.Pool): Promise<Map<unknown, Record<string, string>>> {
  const emails = Array.from({ length: SCENARIOS.create.connections }, (_, member) => crowdEmail(member))
  const writers = emails.map(async (email) => {
    const [token] = await insertSessions(sql, email, 1)
    const answer = await ask(origin, post('/api/auth/refresh', { refresh_token: token }))
    const { rows } = await sql.query('SELECT id FROM users WHERE email = $1', [email])
    return [rows[0]?.id, bearer(String(answer.access_token))] as const
  })
  return new Map(await Promise.all(writers))
}

function logIns(): PlannedRequest[] {
  return Array.from({ length: CROWD }, (_, member) =>
    post('/api/auth/login', { email: crowdEmail(member), password: PASSWORD }),
  )
}

function signUps(): PlannedRequest[] {
  return Array.from({ length: NEW_ACCOUNTS }, () =>
    post('/api/auth/signup', { email: `${randomUUID()}@example.com`, password: PASSWORD }),
  )
}

async function logIn(origin: string, email: string): Promise<string> {
  const answer = await ask(origin, post('/api/auth/login', { email, password: PASSWORD }), { attempts: 5 })
  return String(answer.access_token)
}

function post(path: string, body: Record<string, unknown>): PlannedRequest {
  return { method: 'POST', path, headers: {}, body }
}

function bearer(token: string) {
  return { authorization: `Bearer ${token}` }
}

function cookie(token: string) {
  return { cookie: `taskward.access=${token}` }
}
