import { createServer, type Socket } from 'node:net'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createDatabase, startTestServer, type TestServer } from '#lib/testing/postgres-server.ts'
import { causeOf, DatabaseUnavailable, isDatabaseUnavailable } from './availability.ts'
import { stopServer } from './embedded/server.ts'
import { PrismaClient } from './generated/client.ts'
import { migrate } from './migrations/migrate.ts'
import { databaseState } from './state.ts'

/** A busy machine takes its time to connect, and that is no outage. */
const WAIT_MS = 2000

let server: TestServer
let admin: pg.Client
const clients: PrismaClient[] = []

beforeAll(async () => {
  server = await startTestServer()
  await migrate(server.url)
  admin = await adminOf(server)
})

afterEach(async () => {
  databaseState().migrated = true
  for (const client of clients.splice(0)) await client.$disconnect()
})

afterAll(async () => {
  await admin.end()
  await server.stop()
})

async function adminOf({ url }: TestServer): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, application_name: 'admin' })
  client.on('error', () => {})
  await client.connect()
  return client
}

function connect(url = server.url, options: pg.PoolConfig = {}): PrismaClient {
  const config = {
    connectionString: url,
    application_name: 'victim',
    connectionTimeoutMillis: WAIT_MS,
    ...options,
  }
  const client = new PrismaClient({ adapter: new PrismaPg(config), transactionOptions: { maxWait: WAIT_MS } })
  clients.push(client)
  return client
}

async function failureOf(work: () => Promise<unknown>): Promise<unknown> {
  try {
    await work()
  } catch (error) {
    return error
  }
  throw new Error('It did not fail.')
}

const terminate = (query = '') =>
  admin.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'victim' AND strpos(query, $1) > 0`,
    [query],
  )

const moment = (ms = 100) => new Promise((resolve) => setTimeout(resolve, ms))

/** Something at a port that is no PostgreSQL in service. */
async function impostor(behave: (socket: Socket) => void) {
  const listener = createServer(behave).listen(0, '127.0.0.1')
  await new Promise((resolve) => listener.once('listening', resolve))
  const address = listener.address()
  const url = new URL(server.url)
  url.port = String(typeof address === 'object' ? address?.port : 0)
  return { url: url.href, close: () => listener.close() }
}

function startingUp(socket: Socket): void {
  const fields = Buffer.from('SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0')
  const head = Buffer.from([0x45, 0, 0, 0, 4 + fields.length])
  socket.once('data', () => socket.end(Buffer.concat([head, fields])))
}

test('fails at most one request after an idle connection was terminated', async () => {
  const client = connect(server.url, { max: 1 })
  await client.user.count()
  await terminate()
  // The pool may lend the lost connection before it detects the loss.
  const outcome = await client.user.count().catch(isDatabaseUnavailable)
  expect([0, true]).toContain(outcome)
  expect(await client.user.count()).toBe(0)
})

test('a connection terminated during a query', async () => {
  const failing = failureOf(() => connect().$queryRaw`SELECT pg_sleep(5)::text`)
  while ((await terminate('pg_sleep')).rowCount === 0) await moment(20)
  expect(isDatabaseUnavailable(await failing)).toBe(true)
})

test('a connection terminated within a transaction', async () => {
  const failure = await failureOf(() =>
    connect().$transaction(async (tx) => {
      await tx.user.count()
      await terminate()
      await moment()
      await tx.user.count()
    }),
  )
  expect(isDatabaseUnavailable(failure)).toBe(true)
})

test('a pool without a free connection', async () => {
  const client = connect(server.url, { max: 1 })
  const busy = client.$queryRaw`SELECT pg_sleep(4)::text`.then(String)
  await moment()
  expect(isDatabaseUnavailable(await failureOf(() => client.user.count()))).toBe(true)
  await busy
})

test('a statement that waits too long for its answer or a lock', async () => {
  const slow = connect(server.url, { statement_timeout: 100 })
  expect(isDatabaseUnavailable(await failureOf(() => slow.$queryRaw`SELECT pg_sleep(5)::text`))).toBe(true)
  const silent = connect(server.url, { query_timeout: 100 })
  expect(isDatabaseUnavailable(await failureOf(() => silent.$queryRaw`SELECT pg_sleep(1)::text`))).toBe(true)
  await admin.query('BEGIN; LOCK TABLE users')
  const waiting = connect(server.url, { lock_timeout: 100 })
  expect(isDatabaseUnavailable(await failureOf(() => waiting.user.count()))).toBe(true)
  await admin.query('ROLLBACK')
})

test.each<[string, (socket: Socket) => void]>([
  ['is silent', () => {}],
  ['hangs up', (socket) => socket.destroy()],
  ['resets', (socket) => socket.once('data', () => socket.resetAndDestroy())],
  ['is starting up', startingUp],
])('a server that %s', async (_, behave) => {
  const { url, close } = await impostor(behave)
  expect(isDatabaseUnavailable(await failureOf(() => connect(url).user.count()))).toBe(true)
  expect(
    isDatabaseUnavailable(await failureOf(() => connect(url).$transaction((tx) => tx.user.count()))),
  ).toBe(true)
  close()
})

test('a host that no name server knows', async () => {
  expect(
    isDatabaseUnavailable(await failureOf(() => connect('postgresql://a:b@nowhere.invalid/x').user.count())),
  ).toBe(true)
})

test('tables that are missing while migrations are pending, and only then', async () => {
  const failure = await failureOf(() => connect().$queryRaw`SELECT 1 FROM not_there_yet`)
  expect(isDatabaseUnavailable(failure)).toBe(false)
  databaseState().migrated = false
  expect(isDatabaseUnavailable(failure)).toBe(true)
})

/** Fails as the server does, with its own code, where nothing ordinary provokes it. */
function raise(sqlState: string): Promise<unknown> {
  return failureOf(() =>
    connect().$executeRawUnsafe(`DO $$BEGIN RAISE EXCEPTION 'x' USING ERRCODE = '${sqlState}'; END$$`),
  )
}

test.each(['53000', '53100', '53200', '58000', '58030', '57000', '25P04'])(
  'treats SQLSTATE %s as an outage',
  async (sqlState) => {
    expect(isDatabaseUnavailable(await raise(sqlState))).toBe(true)
  },
)

test.each(['25001', '25P02', '40P01', '42501', '53400', '54000', '55006', '58P01', 'XX000', 'XX001'])(
  'does not treat SQLSTATE %s as an outage, because a retry fails, too',
  async (sqlState) => {
    expect(isDatabaseUnavailable(await raise(sqlState))).toBe(false)
  },
)

test('a database that is read-only', async () => {
  const client = connect(server.url, { options: '-c default_transaction_read_only=on' })
  const write = { data: { email: 'ada@example.org' } }
  const failures = [
    await failureOf(() => client.user.create(write)),
    await failureOf(() => client.$transaction((tx) => tx.user.create(write))),
    await failureOf(() => client.$executeRaw`DELETE FROM users`),
  ]
  expect(failures.map(isDatabaseUnavailable)).toEqual([true, true, true])
  expect(failures.map(causeOf)).toEqual(['25006', '25006', '25006'])
})

test('a session or a transaction that the server ended because it was idle', async () => {
  const idle = connect(server.url, { max: 1, options: '-c idle_session_timeout=50' })
  const outcome = await idle.$queryRaw`SELECT 1`
    .then(() => moment(150))
    .then(() => idle.user.count().catch(isDatabaseUnavailable))
  expect([0, true]).toContain(outcome)
  const slow = connect(server.url, { options: '-c idle_in_transaction_session_timeout=50' })
  const within = () =>
    slow.$transaction(async (tx) => {
      await tx.user.count()
      await moment(150)
      await tx.user.count()
    })
  expect(isDatabaseUnavailable(await failureOf(within))).toBe(true)
})

test('a database that was dropped, and a password that was changed, under a running server', async () => {
  const url = await createDatabase(server.url, 'dropped')
  const client = connect(url)
  const failing = failureOf(() => client.$queryRaw`SELECT pg_sleep(5)::text`)
  await expect
    .poll(() => admin.query(`SELECT FROM pg_stat_activity WHERE datname = 'dropped'`))
    .toHaveProperty('rowCount', 1)
  await admin.query('DROP DATABASE dropped WITH (FORCE)')
  const failures = [
    await failing,
    await failureOf(() => client.$queryRaw`SELECT 1`),
    await failureOf(() => connect(server.url.replace(/:[^:@]+@/, ':wrong@')).user.count()),
  ]
  expect(failures.map(isDatabaseUnavailable)).toEqual([true, true, true])
})

test('does not treat bugs as an outage', async () => {
  const email = 'twice@example.org'
  await connect().user.create({ data: { email } })
  const failures = [
    await failureOf(() => connect().user.create({ data: { email } })),
    await failureOf(() => connect().$queryRaw`SELECT nonsense`),
    await failureOf(() => connect().user.findUniqueOrThrow({ where: { email: 'unknown' } })),
    new TypeError('x is not a function'),
    'a string',
    null,
  ]
  expect(failures.map(isDatabaseUnavailable)).toEqual(failures.map(() => false))
})

test('a stopped server, whether asked plainly or in a transaction, by address or by name', async () => {
  const other = await startTestServer()
  const client = connect(other.url)
  await client.$queryRaw`SELECT 1`
  const within = await failureOf(() =>
    client.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1`
      await stopServer(other.folder)
      await tx.$queryRaw`SELECT 1`
    }),
  )
  const byName = connect(other.url.replace('127.0.0.1', 'localhost'))
  const failures = [
    within,
    await failureOf(() => client.user.count()),
    await failureOf(() => client.$queryRaw`SELECT 1`),
    await failureOf(() => client.$transaction(async (tx) => tx.user.count())),
    await failureOf(() => client.$transaction([client.user.count()])),
    await failureOf(() => byName.user.count()),
    await failureOf(() => migrate(other.url)),
    new DatabaseUnavailable(),
  ]
  expect(failures.map(isDatabaseUnavailable)).toEqual(failures.map(() => true))
  await other.stop()
})
