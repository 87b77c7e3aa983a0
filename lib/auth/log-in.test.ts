import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { db } from '#lib/db/client.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { disableAccount } from '#lib/operator/disable-account.ts'
import { emptyTables } from '#lib/testing/database.ts'
import {
  allEvents,
  createSession,
  createUser,
  eventNames,
  makeClient,
  makeSignIn,
  PASSWORD,
  type TestUser,
} from '#lib/testing/factories.ts'
import { logIn } from './log-in.ts'
import { pepperPassword } from './password/pepper.ts'
import { bcryptHash } from './password/pool.ts'
import { authenticate } from './session/authenticate.ts'
import type { SignIn } from './session/start-session.ts'

const FAILED = { ok: false, error: { code: 'AUTH_FAILED' } }
let user: TestUser

beforeEach(async () => {
  await emptyTables()
  user = await createUser({ email: 'ada@example.com' })
})

function attempt(password = PASSWORD, signIn: Partial<SignIn> = {}, email = user.email) {
  return logIn({ email, password }, makeSignIn(signIn))
}

function listActiveSessions() {
  return db().session.count({ where: { revokedAt: null } })
}

test('starts a session for the right password', async () => {
  const loggedIn = await attempt()
  if (!loggedIn.ok) throw new Error(loggedIn.error.code)
  const { access, session } = loggedIn.value
  expect(await authenticate(access.token, { client: makeClient(), now: new Date() })).toMatchObject({
    value: { userId: user.id },
  })
  expect(await allEvents()).toMatchObject([
    { eventType: 'login', success: true, userId: user.id, sessionId: session.id, ipAddress: '203.0.113.9' },
  ])
  const { lastLoginAt } = await db().user.findUniqueOrThrow({ where: { id: user.id } })
  expect(Date.now() - lastLoginAt!.getTime()).toBeLessThan(10_000)
})

describe('returns the same failure', () => {
  test('for a wrong password', async () => {
    expect(await attempt('Sunny-day8')).toEqual(FAILED)
    expect(await allEvents()).toMatchObject([
      {
        eventType: 'login_failed',
        failureReason: 'wrong_password',
        success: false,
        userId: user.id,
        email: null,
      },
    ])
  })

  test('for an unknown e-mail, and records it as typed', async () => {
    expect(await attempt(PASSWORD, {}, 'unknown@example.com')).toEqual(FAILED)
    expect(await allEvents()).toMatchObject([
      { failureReason: 'unknown_account', userId: null, email: 'unknown@example.com' },
    ])
  })

  test('for the right password of a disabled account', async () => {
    await db().user.update({ where: { id: user.id }, data: { disabledAt: new Date() } })
    expect(await attempt()).toEqual(FAILED)
    expect(await attempt('Sunny-day8')).toEqual(FAILED)
    expect(await eventNames()).toEqual(['login_failed account_disabled', 'login_failed wrong_password'])
  })

  test('for an account without a password', async () => {
    await db().password.deleteMany()
    expect(await attempt()).toEqual(FAILED)
    expect(await attempt('')).toEqual(FAILED)
  })

  test('and starts no session in any of these cases', async () => {
    await attempt('Sunny-day8')
    expect(await db().session.count()).toBe(0)
    expect(await db().user.findFirst()).toMatchObject({ lastLoginAt: null })
    expect(await db().knownDevice.count()).toBe(0)
  })
})

test('ends the session that the browser already has', async () => {
  const before = await createSession(user, { transport: 'cookie' })
  await attempt(PASSWORD, { transport: 'cookie', replacedRefreshToken: before.refresh.token })
  expect(await eventNames()).toEqual(['session_revoked', 'login'])
  expect(await listActiveSessions()).toBe(1)
})

test('ends no session when the log-in fails', async () => {
  const before = await createSession(user, { transport: 'cookie' })
  await attempt('Sunny-day8', { transport: 'cookie', replacedRefreshToken: before.refresh.token })
  expect(await listActiveSessions()).toBe(1)
})

test('leaves no active session when the account is disabled during log-ins', async () => {
  const logIns = Array.from({ length: 12 }, (_, i) =>
    attempt(PASSWORD, { client: makeClient({ ipAddress: `203.0.113.${i}` }) }),
  )
  await new Promise((resolve) => setTimeout(resolve, 20))
  await disableAccount(COMMAND_LINE, user.id, { now: new Date() })
  const results = await Promise.all(logIns)
  expect(await listActiveSessions()).toBe(0)
  for (const result of results) {
    if (result.ok)
      expect(
        await authenticate(result.value.access.token, { client: makeClient(), now: new Date() }),
      ).toMatchObject({ ok: false })
    else expect(result).toEqual(FAILED)
  }
})

test('refuses a password that is replaced while it is being verified', async () => {
  const other = await createUser({ password: 'Another-day8' })
  const { hash } = other
  let loggedIn: ReturnType<typeof attempt> | undefined
  await db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${user.id}::uuid FOR UPDATE`
    loggedIn = attempt()
    await new Promise((resolve) => setTimeout(resolve, 300))
    await tx.password.update({ where: { userId: user.id }, data: { hash, changedAt: new Date() } })
  })
  expect(await loggedIn).toEqual(FAILED)
  expect(await eventNames()).toEqual(['login_failed account_changed'])
  expect(await db().session.count()).toBe(0)
})

describe('a hash with an older pepper, cost or scheme', () => {
  const [older, newer] = [1, 2].map(() => randomBytes(32).toString('base64url')) as [string, string]

  afterEach(() => vi.unstubAllEnvs())

  async function startedWith(peppers: string[], cost = '4') {
    vi.resetModules()
    vi.stubEnv('PASSWORD_PEPPER', peppers.join())
    vi.stubEnv('BCRYPT_COST', cost)
    const factories = await import('#lib/testing/factories.ts')
    const { logIn: logInNow } = await import('./log-in.ts')
    return { createUser: factories.createUser, logIn: logInNow }
  }

  test.each([
    ['pepper', [newer, older], '4', '$2b$04$'],
    ['cost', [older], '5', '$2b$05$'],
  ])('is replaced at the next log-in (%s)', async (_, peppers, cost, prefix) => {
    const grace = await (await startedWith([older])).createUser()
    const { logIn: logInNow } = await startedWith(peppers, cost)
    const credentials = { email: grace.email, password: PASSWORD }
    expect(await logInNow({ ...credentials, password: 'Sunny-day8' }, makeSignIn())).toEqual(FAILED)
    const where = { userId: grace.id }
    const before = await db().password.findUniqueOrThrow({ where })
    expect(before.hash).toBe(grace.hash)

    expect(await logInNow(credentials, makeSignIn())).toMatchObject({ ok: true })
    const after = await db().password.findUniqueOrThrow({ where })
    expect(after.hash).not.toBe(before.hash)
    expect(after).toMatchObject({ hash: expect.stringContaining(prefix), cost: Number(cost) })
    expect(after.changedAt).toEqual(before.changedAt)

    // The older pepper is needed no more.
    const { logIn: logInLater } = await startedWith(peppers.slice(0, 1), cost)
    expect(await logInLater(credentials, makeSignIn())).toMatchObject({ ok: true })
    expect(await db().password.findUniqueOrThrow({ where })).toEqual(after)
  })

  test('of scheme 1 accepts the password as typed before once, and any Unicode form afterwards', async () => {
    const pepper = nodeEnv().passwordPeppers[0]!
    const decomposed = 'Gru\u0308n bleibt der Wald 7'
    const hash = await bcryptHash(pepperPassword(decomposed, { pepper, scheme: 1 }), 4)
    await db().password.update({ where: { userId: user.id }, data: { hash, scheme: 1 } })
    const composed = decomposed.normalize('NFC')

    expect(await attempt(composed)).toEqual(FAILED)
    expect(await attempt(decomposed)).toMatchObject({ ok: true })
    expect(await db().password.findUnique({ where: { userId: user.id } })).toMatchObject({ scheme: 2 })
    expect(await attempt(composed)).toMatchObject({ ok: true })
    expect(await attempt(decomposed)).toMatchObject({ ok: true })
  })

  test('is replaced by one of several parallel log-ins, and all of them succeed', async () => {
    const grace = await (await startedWith([older])).createUser()
    const { logIn: logInNow } = await startedWith([newer, older])
    const results = await Promise.all(
      Array.from({ length: 4 }, (_, i) =>
        logInNow(
          { email: grace.email, password: PASSWORD },
          makeSignIn({ client: makeClient({ ipAddress: `203.0.113.${i}` }) }),
        ),
      ),
    )
    expect(results.map(({ ok }) => ok)).toEqual([true, true, true, true])
  })
})
