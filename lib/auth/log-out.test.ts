import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import {
  allEvents,
  createSession,
  createUser,
  eventNames,
  makeClient,
  type TestUser,
} from '#lib/testing/factories.ts'
import { logOut, logOutBrowser } from './log-out.ts'
import { refresh } from './refresh.ts'
import { authenticate } from './session/authenticate.ts'
import { newRefreshToken } from './session/refresh-token.ts'
import { withAccessToken } from './session/tokens.ts'

const client = makeClient()
let user: TestUser

beforeEach(async () => {
  await emptyTables()
  user = await createUser()
})

test.each(['cookie', 'bearer'] as const)(
  'refuses every token of a %s session after log-out',
  async (transport) => {
    const {
      session,
      access,
      refresh: token,
    } = await withAccessToken(await createSession(user, { transport }), new Date())
    expect(await authenticate(access.token, { client, now: new Date() })).toMatchObject({ ok: true })
    await logOut(session.id, { client, now: new Date() })
    expect(await authenticate(access.token, { client, now: new Date() })).toMatchObject({ ok: false })
    expect(await refresh(token.token, { client, transport, now: new Date() })).toMatchObject({
      error: { code: 'INVALID_REFRESH_TOKEN' },
    })
    expect((await allEvents())[0]).toMatchObject({
      eventType: 'logout',
      userId: user.id,
      sessionId: session.id,
    })
  },
)

test('leaves the account’s other sessions open', async () => {
  const [here, there] = [
    await createSession(user),
    await withAccessToken(await createSession(user), new Date()),
  ]
  await logOut(here.session.id, { client, now: new Date() })
  expect(await authenticate(there.access.token, { client, now: new Date() })).toMatchObject({ ok: true })
})

test('records parallel log-outs of one session once', async () => {
  const { session } = await createSession(user)
  await Promise.all([1, 2, 3].map(() => logOut(session.id, { client, now: new Date() })))
  expect(await eventNames()).toEqual(['logout'])
})

test('logs a browser out by its refresh token, used or not, when its access token has expired', async () => {
  const { session, refresh: token } = await createSession(user, { transport: 'cookie' })
  await refresh(token.token, { client, transport: 'cookie', now: new Date() })
  await logOutBrowser(
    { accessTokens: [], refreshTokens: [token.token] },
    { client, account: user.id, now: new Date() },
  )
  expect(await db().session.findUnique({ where: { id: session.id } })).toMatchObject({
    revokedReason: 'logged_out',
  })
})

test('ends no session for an API client’s token in a cookie or for an unknown one', async () => {
  const { refresh: token } = await createSession(user, { transport: 'bearer' })
  for (const refreshTokens of [[token.token], [newRefreshToken()], []]) {
    await logOutBrowser(
      { accessTokens: ['garbage'], refreshTokens },
      { client, account: null, now: new Date() },
    )
  }
  expect(await db().session.count({ where: { revokedAt: null } })).toBe(1)
  expect(await eventNames()).toEqual([])
})

test('ends nothing for a page of another account than the one that is logged in', async () => {
  const [own, other] = [await createSession(user, { transport: 'cookie' }), await createUser()]
  const cookies = { accessTokens: [], refreshTokens: [own.refresh.token] }
  expect(await logOutBrowser(cookies, { client, account: other.id, now: new Date() })).toBe(false)
  expect(await eventNames()).toEqual([])
  // Planted cookies cannot keep the browser logged in.
  const planted = await createSession(other, { transport: 'cookie' })
  const both = { accessTokens: [], refreshTokens: [own.refresh.token, planted.refresh.token] }
  expect(await logOutBrowser(both, { client, account: user.id, now: new Date() })).toBe(true)
  expect(await db().session.count({ where: { revokedAt: null } })).toBe(0)
})

test('logs out for a page of another account if no session is active', async () => {
  const { session, refresh: token } = await createSession(user, { transport: 'cookie' })
  const cookies = { accessTokens: [], refreshTokens: [token.token] }
  await logOut(session.id, { client, now: new Date() })
  expect(await logOutBrowser(cookies, { client, account: (await createUser()).id, now: new Date() })).toBe(
    true,
  )
})

test('treats a session that ended with all of its account’s as ended', async () => {
  const { refresh: token } = await createSession(user, { transport: 'cookie' })
  await db().user.update({ where: { id: user.id }, data: { sessionEpoch: { increment: 1 } } })
  const cookies = { accessTokens: [], refreshTokens: [token.token] }
  expect(await logOutBrowser(cookies, { client, account: (await createUser()).id, now: new Date() })).toBe(
    true,
  )
})

test('leaves no valid token when tabs renew during log-out', async () => {
  const { session, refresh: token } = await createSession(user, { transport: 'cookie' })
  const renewals = Array.from({ length: 10 }, () =>
    refresh(token.token, { client, transport: 'cookie', now: new Date() }),
  )
  await logOut(session.id, { client, now: new Date() })
  for (const renewal of await Promise.all(renewals)) {
    if (!renewal.ok) continue
    expect(await authenticate(renewal.value.access.token, { client, now: new Date() })).toMatchObject({
      ok: false,
    })
    expect(
      await refresh(renewal.value.refresh.token, { client, transport: 'cookie', now: new Date() }),
    ).toMatchObject({
      ok: false,
    })
  }
})
