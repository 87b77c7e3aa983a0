import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { createDatabase } from '#lib/testing/postgres-server.ts'
import { LIMITS } from '#lib/throttle/limits.ts'
import { type Account, logIn, signUp } from '../support/api.ts'
import { holdLocks, queryDatabase, waitForLockWaiters } from '../support/locks.ts'
import {
  hashOf,
  holdSession,
  presentToken,
  type Session,
  stateOf,
  type Transport,
} from '../support/rotation.ts'
import { databaseUrl } from '../support/run.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { cookiesOf, logInAs } from '../support/sessions.ts'
import { expect, test } from '../support/test.ts'

// In order, on a separate database, because one of the tests locks a whole table.
test.describe.configure({ mode: 'default' })
test.setTimeout(60_000)

const RATE_LIMITS = Object.keys(LIMITS)
  .map((name) => `${name}=100000/60`)
  .join()

const transports = ['cookie', 'bearer'] as const

let database: string
let settings: Record<string, string>
let one: RunningServer
let other: RunningServer

test.beforeAll(async () => {
  database = await createDatabase(databaseUrl(), `rotation-${randomUUID()}`)
  settings = { DATABASE_URL: database, RATE_LIMITS }
  one = await startServer(settings)
  other = await startServer(settings)
})

test.afterAll(async () => {
  await Promise.all([one?.stop(), other?.stop()])
})

/** Creates an account with a session of a browser or of an API client. */
async function startSession(transport: Transport, page: Page): Promise<Session & Account> {
  const account = await signUp({ server: other.url })
  const session = { ...account, database, transport }
  if (transport === 'bearer') return { ...session, token: account.refreshToken }
  await logInAs(page, account)
  return { ...session, token: (await cookiesOf(page.context())).refresh ?? '' }
}

test('ten concurrent tabs at two servers cause one rotation and get the same successor', async ({ page }) => {
  const session = await startSession('cookie', page)
  const release = await holdSession(session)
  const requests = [one, other].flatMap((server) =>
    Array.from({ length: 5 }, () => presentToken(server, session)),
  )
  const pids = (await waitForLockWaiters(database, 10)).map(({ serverPid }) => serverPid)
  expect(new Set(pids).size).toBe(2)
  await release()
  const answers = await Promise.all(requests)
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
  const [successor, ...more] = new Set(answers.map(({ token }) => token))
  expect(more).toEqual([])
  const unused = [hashOf(successor).toString('hex')]
  expect(await stateOf(session)).toEqual({ unused, revoked: null, rotations: 1, races: 9 })
})

test('of two concurrent API clients at two servers one is refused, and the session stays active', async ({
  page,
}) => {
  const session = await startSession('bearer', page)
  const release = await holdSession(session)
  const requests = [one, other].map((server) => presentToken(server, session))
  await waitForLockWaiters(database, 2)
  await release()
  const answers = await Promise.all(requests)
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401])
  expect(await stateOf(session)).toMatchObject({
    unused: [expect.any(String)],
    revoked: null,
    rotations: 1,
    races: 1,
  })
  const token = answers.find(({ status }) => status === 200)?.token ?? ''
  expect((await presentToken(other, { ...session, token })).status).toBe(200)
})

const MOMENTS = {
  'before it wrote anything': holdSession,
  'after it wrote all but the event': () => holdLocks(database, 'LOCK TABLE auth_events IN SHARE MODE'),
}

for (const transport of transports) {
  for (const [moment, block] of Object.entries(MOMENTS)) {
    test(`a server that is killed in a rotation ${moment} leaves the ${transport} token unused`, async ({
      page,
    }) => {
      const session = await startSession(transport, page)
      const victim = await startServer(settings)
      const release = await block(session)
      const lost = presentToken(victim, session).catch(() => 'lost')
      const [waiter] = await waitForLockWaiters(database, 1)
      process.kill(waiter!.serverPid, 'SIGKILL')
      expect(await lost).toBe('lost')
      await release()

      const again = await presentToken(other, session)
      expect(again.status).toBe(200)
      const unused = [hashOf(again.token).toString('hex')]
      expect(await stateOf(session)).toEqual({ unused, revoked: null, rotations: 1, races: 0 })
      await victim.stop()
    })

    test(`answers 503 when a rotation loses its connection ${moment} and leaves the ${transport} token unused`, async ({
      page,
    }) => {
      const session = await startSession(transport, page)
      const release = await block(session)
      const cut = presentToken(one, session)
      const [waiter] = await waitForLockWaiters(database, 1)
      await queryDatabase(database, 'SELECT pg_terminate_backend($1)', [waiter!.backendPid])
      expect(await cut).toEqual({ status: 503, token: undefined })
      expect((await stateOf(session)).unused).toEqual([hashOf(session.token).toString('hex')])
      await release()

      const again = await presentToken(one, session)
      expect(again.status).toBe(200)
      const unused = [hashOf(again.token).toString('hex')]
      expect(await stateOf(session)).toEqual({ unused, revoked: null, rotations: 1, races: 0 })
    })
  }
}

/** Commits a rotation whose client has aborted the request. */
async function loseResponse(session: Session): Promise<void> {
  const release = await holdSession(session)
  const client = new AbortController()
  const lost = presentToken(one, session, client.signal).catch(() => 'lost')
  await waitForLockWaiters(database, 1)
  client.abort()
  expect(await lost).toBe('lost')
  await release()
  await expect.poll(async () => (await stateOf(session)).rotations).toBe(1)
}

test('a browser that lost its response gets the same token from another server within ten seconds', async ({
  page,
}) => {
  const session = await startSession('cookie', page)
  await loseResponse(session)
  const { unused } = await stateOf(session)
  const again = await presentToken(other, session)
  expect(again.status).toBe(200)
  expect(unused).toEqual([hashOf(again.token).toString('hex')])
  expect(await stateOf(session)).toEqual({ unused, revoked: null, rotations: 1, races: 1 })
  expect((await presentToken(other, { ...session, token: again.token ?? '' })).status).toBe(200)
})

test('an API client that lost its response is refused, keeps its session and can log in again', async ({
  page,
}) => {
  const session = await startSession('bearer', page)
  await loseResponse(session)
  const before = await stateOf(session)
  expect(await presentToken(other, session)).toMatchObject({ status: 401 })
  expect(await stateOf(session)).toEqual({ ...before, races: 1, revoked: null })
  expect((await logIn(session.email, session.password, { server: other.url })).status).toBe(200)
})
