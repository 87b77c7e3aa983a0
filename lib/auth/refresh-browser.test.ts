import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, createSession, createUser, makeClient, type TestUser } from '#lib/testing/factories.ts'
import { refreshBrowser } from './refresh-browser.ts'

const REFUSED = { ok: false, error: { code: 'INVALID_REFRESH_TOKEN' } }
const client = makeClient()
let victim: TestUser
let attacker: TestUser

beforeEach(async () => {
  await emptyTables()
  victim = await createUser()
  attacker = await createUser()
})

const start = (user: TestUser) => createSession(user, { transport: 'cookie' })

async function expectUntouched() {
  expect(await db().refreshToken.count({ where: { rotatedAt: { not: null } } })).toBe(0)
  expect(await db().session.count({ where: { revokedAt: { not: null } } })).toBe(0)
}

test('renews the session that all cookies agree on', async () => {
  const { session, refresh } = await start(victim)
  const presented = { refreshToken: 'leftover', rivals: [refresh.token], sessionIds: [session.id] }
  expect(await refreshBrowser(presented, { client, now: new Date() })).toMatchObject({
    ok: true,
    value: { session: { id: session.id } },
  })
})

test('refuses a refresh token of another session than the access token, and touches neither', async () => {
  const [own, planted] = [await start(victim), await start(attacker)]
  const presented = { refreshToken: planted.refresh.token, sessionIds: [own.session.id] }
  expect(await refreshBrowser(presented, { client, now: new Date() })).toMatchObject(REFUSED)
  await expectUntouched()
  expect(await allEvents()).toMatchObject([
    {
      eventType: 'token_refresh_refused',
      failureReason: 'conflicting_cookies',
      sessionId: own.session.id,
      userId: victim.id,
    },
  ])
})

test('refuses two refresh tokens of different accounts, and touches neither', async () => {
  const [own, planted] = [await start(victim), await start(attacker)]
  const presented = { refreshToken: own.refresh.token, rivals: [planted.refresh.token] }
  expect(await refreshBrowser(presented, { client, now: new Date() })).toMatchObject(REFUSED)
  await expectUntouched()
  const [event] = await allEvents()
  expect(event).toMatchObject({ failureReason: 'conflicting_cookies', userId: null, sessionId: null })
})

test('refuses an unknown token', async () => {
  expect(
    await refreshBrowser({ refreshToken: 'x', rivals: ['y'] }, { client, now: new Date() }),
  ).toMatchObject(REFUSED)
  expect(await allEvents()).toMatchObject([{ failureReason: 'unknown_token' }])
})
