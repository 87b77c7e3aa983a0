import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { openMail } from '#lib/mail/seal-mail.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, eventNames, makeClient, makeSignIn, PASSWORD } from '#lib/testing/factories.ts'
import { authenticate } from './session/authenticate.ts'
import { signUp } from './sign-up.ts'

const ada = { email: 'ada@example.com', password: PASSWORD, name: 'Ada' }

beforeEach(emptyTables)

function attempt(own: Partial<typeof ada> = {}, ipAddress = '203.0.113.9') {
  return signUp({ ...ada, ...own }, makeSignIn({ client: makeClient({ ipAddress }) }))
}

test('creates an account and its first session', async () => {
  const signedUp = await attempt()
  if (!signedUp.ok) throw new Error(signedUp.error.code)
  if (!signedUp.value) throw new Error('the answer is a mail')
  const { user, session, access, refresh } = signedUp.value
  expect(await authenticate(access.token, { client: makeClient(), now: new Date() })).toMatchObject({
    value: { userId: user.id, sessionId: session.id, email: ada.email, name: 'Ada', role: 'user' },
  })
  expect(refresh.token).toMatch(/^[\w-]{43}$/)
  const { createdAt, lastLoginAt } = await db().user.findFirstOrThrow()
  expect(lastLoginAt, 'no earlier than the account').toEqual(createdAt)
  expect(await allEvents()).toMatchObject([
    { eventType: 'signup', success: true, userId: user.id, sessionId: session.id, email: null },
  ])
})

test('mails a link to confirm the address, and none for a taken one', async () => {
  for (const _ of [1, 2]) await attempt()
  const { id } = await db().user.findFirstOrThrow()
  const [mail, ...others] = await db().mail.findMany()
  expect(others).toEqual([])
  expect(mail).toMatchObject({ userId: id, kind: 'confirm_email' })
  expect(await openMail(mail!.sealed!, mail!.id)).toMatchObject({ to: ada.email })
  expect(await db().accountLink.findMany()).toMatchObject([{ userId: id, purpose: 'confirm_email' }])
})

test('stores the password only as a hash, with its scheme, cost and pepper', async () => {
  await attempt()
  const password = await db().password.findFirstOrThrow()
  expect(password).toMatchObject({ hash: expect.stringMatching(/^\$2b\$04\$/), scheme: 2, cost: 4 })
  const rows = await db().$queryRaw<{ row: string }[]>`
    SELECT users::text AS row FROM users UNION ALL SELECT passwords::text FROM passwords
    UNION ALL SELECT sessions::text FROM sessions UNION ALL SELECT auth_events::text FROM auth_events`
  for (const { row } of rows) expect(row).not.toContain(PASSWORD)
})

test('accepts a missing name', async () => {
  await signUp({ ...ada, name: null }, makeSignIn())
  expect(await db().user.findFirst()).toMatchObject({ name: null })
})

describe('refuses', () => {
  test('a taken e-mail, and records the account that has it', async () => {
    await attempt()
    const owner = await db().user.findFirstOrThrow()
    expect(await attempt({ password: 'Another-day8' })).toEqual({ ok: false, error: { code: 'EMAIL_TAKEN' } })
    expect(await db().user.count()).toBe(1)
    expect((await allEvents())[1]).toMatchObject({
      failureReason: 'email_taken',
      userId: owner.id,
      email: null,
    })
  })

  test.each([
    ['Password1', 'on lists of common passwords'],
    ['Taskward2026!', 'built on the name Taskward'],
    ['Winter-2025', 'built on a season, a month or a day'],
    ['Example-example', 'built on your name or email address'],
    ['Lovelace-99', 'built on your name or email address'],
    ['aaaaaaaaaaaaaaa', 'built on repeated characters'],
  ])(
    'the password %s, which is %s: no account, and a try but no sign-up is counted',
    async (password, reason) => {
      const issue = `Choose a password that is harder to guess: this one is ${reason}.`
      expect(await attempt({ password, name: 'Ada Lovelace' })).toEqual({
        ok: false,
        error: { code: 'INVALID_INPUT', details: [{ field: 'password', issue }] },
      })
      expect(await db().user.count()).toBe(0)
      expect(await allEvents()).toEqual([])
      const counted = await db().throttleBucket.findMany({
        where: { taken: { gt: 0 } },
        select: { key: true },
      })
      expect(counted).toEqual([{ key: expect.stringContaining('signup.tries') }])
    },
  )

  test('a weak password after 30 tries, without estimating its strength again', async () => {
    for (let i = 0; i < 30; i++) await attempt({ password: 'Taskward1' })
    expect(await attempt({ password: 'Taskward1' })).toMatchObject({ error: { code: 'RATE_LIMITED' } })
  })
})

describe('parallel sign-ups', () => {
  test('of one e-mail create one account; all others get EMAIL_TAKEN', async () => {
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, i) => attempt({ password: `${PASSWORD}${i}` }, `203.0.113.${i}`)),
    )
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    expect(results.filter((result) => !result.ok && result.error.code === 'EMAIL_TAKEN')).toHaveLength(7)
    expect([await db().user.count(), await db().session.count(), await db().password.count()]).toEqual([
      1, 1, 1,
    ])
    expect((await eventNames()).sort()).toEqual(['signup', ...Array(7).fill('signup email_taken')])
  })

  test('of several e-mails all succeed', async () => {
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, i) => attempt({ email: `ada${i}@example.com` })),
    )
    expect(results.filter(({ ok }) => ok)).toHaveLength(8)
    expect(await db().user.count()).toBe(8)
  })
})

describe('throttles', () => {
  test('allow ten accounts per address and hour, with any number of failures between them', async () => {
    for (let i = 0; i < 10; i++) {
      if (i > 0)
        expect(await attempt({ email: 'ada0@example.com' })).toMatchObject({ error: { code: 'EMAIL_TAKEN' } })
      expect(await attempt({ email: `ada${i}@example.com` })).toMatchObject({ ok: true })
    }
    for (const _ of [1, 2]) {
      expect(await attempt({ email: 'last@example.com' })).toEqual({
        ok: false,
        error: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) },
      })
    }
    expect(await attempt({ email: 'last@example.com' }, '198.51.100.7')).toMatchObject({ ok: true })
    expect((await eventNames()).filter((name) => name.startsWith('throttled'))).toEqual([
      'throttled signup.address',
    ])
  })

  test('allow 30 tries per address and minute, so that e-mails cannot be probed in bulk', async () => {
    await attempt()
    for (let i = 0; i < 29; i++) await attempt()
    expect(await attempt()).toMatchObject({ error: { code: 'RATE_LIMITED' } })
    expect((await eventNames()).at(-1)).toBe('throttled signup.tries')
    expect((await eventNames()).filter((name) => name === 'signup email_taken')).toHaveLength(29)
  })

  test('let ten of 20 parallel sign-ups from one address succeed', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, i) => attempt({ email: `ada${i}@example.com` })),
    )
    expect(results.filter(({ ok }) => ok)).toHaveLength(10)
    expect(await db().user.count()).toBe(10)
  })
})
