import { beforeEach, describe, expect, test } from 'vitest'
import { forgotPasswordSchema } from '#lib/auth/schema.ts'
import { db } from '#lib/db/client.ts'
import { openMail } from '#lib/mail/seal-mail.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { disableAccount } from '#lib/operator/disable-account.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, createUser, eventNames, makeClient, type TestUser } from '#lib/testing/factories.ts'
import { statementsOf } from '#lib/testing/statements-of.ts'
import { answerResetRequests } from './answer-reset-requests.ts'
import { requestPasswordReset } from './request-password-reset.ts'

const UNKNOWN = 'unknown@example.com'
const client = makeClient()
let user: TestUser
let disabled: TestUser

beforeEach(async () => {
  await emptyTables()
  user = await createUser({ email: 'kira@example.com' })
  disabled = await createUser()
  await disableAccount(COMMAND_LINE, disabled.id, { now: new Date() })
  await db().$executeRaw`DELETE FROM throttle_buckets`
  await db().mail.deleteMany()
})

function request(email: string, from = client) {
  return requestPasswordReset(email, { client: from, now: new Date() })
}

async function sentMails() {
  const rows = await db().mail.findMany({ orderBy: { id: 'asc' } })
  return Promise.all(rows.map(async ({ id, sealed }) => sealed && openMail(sealed, id)))
}

async function links() {
  return db().accountLink.findMany()
}

test('runs the same statements and gives the same answer for a known, an unknown and a disabled account', async () => {
  const runs = []
  for (const email of [user.email, UNKNOWN, disabled.email]) {
    const answers: unknown[] = []
    const statements = await statementsOf(async () => answers.push(await request(email)))
    expect(statements.filter((sql) => /\busers\b|\baccount_links\b|\bmails\b/.test(sql))).toEqual([])
    runs.push({ answers, statements })
  }
  const [first, ...others] = runs
  expect(first?.answers).toEqual([{ ok: true, value: null }])
  expect(others).toEqual([first, first])
})

test('sends a link to the stored address, and stores only its hash', async () => {
  await request(user.email)
  await answerResetRequests()
  const [mail] = await sentMails()
  expect(mail?.to).toBe(user.email)
  const [, token] =
    /^http:\/\/localhost:3000\/reset-password\?token=([\w-]{43})$/m.exec(mail?.text ?? '') ?? []
  expect(token).toBeDefined()
  expect(await links()).toMatchObject([{ userId: user.id, purpose: 'reset_password', email: user.email }])
  const [row] = await db().$queryRaw<{ text: string }[]>`
    SELECT account_links::text || auth_events::text AS text FROM account_links, auth_events LIMIT 1`
  expect(row?.text).not.toContain(token)
  expect(await db().passwordResetRequest.count()).toBe(0)
})

test('records where the request came from, when it is answered', async () => {
  await request(user.email)
  await answerResetRequests()
  expect((await allEvents()).at(-1)).toMatchObject({
    eventType: 'password_reset_requested',
    success: true,
    userId: user.id,
    ipAddress: client.ipAddress,
    userAgent: client.userAgent,
    requestId: client.requestId,
  })
})

test('sends nothing to an unknown address or a disabled account, and records why', async () => {
  await request(UNKNOWN)
  await request(disabled.email)
  await answerResetRequests()
  expect(await sentMails()).toEqual([])
  expect(await links()).toEqual([])
  expect((await allEvents()).slice(-2)).toMatchObject([
    { failureReason: 'unknown_account', userId: null, email: UNKNOWN },
    { failureReason: 'account_disabled', userId: disabled.id, email: null },
  ])
})

test('replaces the link before: the account has one', async () => {
  for (let i = 0; i < 3; i++) await request(user.email)
  await answerResetRequests()
  expect(await sentMails()).toHaveLength(3)
  expect(await links()).toHaveLength(1)
})

test('several processes answer each request once', async () => {
  for (let i = 0; i < 5; i++) await request(user.email, makeClient({ ipAddress: `192.0.2.${i}` }))
  await Promise.all([1, 2, 3].map(answerResetRequests))
  await answerResetRequests()
  expect(await sentMails()).toHaveLength(5)
  expect(await links()).toHaveLength(1)
})

describe('confusable addresses', () => {
  test.each([
    '\u212Aira@example.com',
    'k\u0131ra@example.com',
    'k\u0456ra@example.com',
    'kira@ex\u0430mple.com',
  ])('%s gets no link of kira@example.com', async (typed) => {
    const parsed = forgotPasswordSchema.safeParse({ email: typed })
    if (parsed.success) await request(parsed.data.email)
    await answerResetRequests()
    expect(await sentMails()).toEqual([])
    expect(await links()).toEqual([])
  })

  test('a domain that the standard maps to the stored one gets the link at the stored address', async () => {
    const parsed = forgotPasswordSchema.parse({ email: ' Kira@E\uFF38AMPLE.com' })
    await request(parsed.email)
    await answerResetRequests()
    expect(await sentMails()).toMatchObject([{ to: 'kira@example.com' }])
  })
})

describe('throttles', () => {
  test('refuse a sixth request for one address in an hour, whether it has an account or not', async () => {
    for (const email of [user.email, UNKNOWN]) {
      for (let i = 0; i < 5; i++)
        expect(await request(email, makeClient({ ipAddress: `192.0.2.${i}` }))).toMatchObject({ ok: true })
      const refused = await request(email, makeClient({ ipAddress: '192.0.2.9' }))
      expect(refused).toEqual({
        ok: false,
        error: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) },
      })
    }
    expect((await eventNames()).filter((name) => name === 'throttled reset.recipient')).toHaveLength(2)
  })

  test('refuse a twenty-first request of one network in an hour', async () => {
    for (let i = 0; i < 20; i++) expect(await request(`user${i}@example.com`)).toMatchObject({ ok: true })
    expect(await request(user.email)).toMatchObject({ error: { code: 'RATE_LIMITED' } })
  })

  test('leave the newest link valid if no further mail may be sent', async () => {
    for (let i = 0; i < 5; i++) await request(user.email)
    await answerResetRequests()
    const [before] = await links()
    await db().$executeRaw`DELETE FROM throttle_buckets WHERE key LIKE 'reset.%'`
    await request(user.email)
    await answerResetRequests()
    expect(await links()).toEqual([before])
    expect((await eventNames()).at(-1)).toBe('password_reset_requested too_many_emails')
  })

  test('refuse a blocked network', async () => {
    const blockedUntil = new Date(Date.now() + 60_000)
    await db().blockedNetwork.create({ data: { network: client.network, blockedUntil } })
    expect(await request(user.email)).toMatchObject({ error: { code: 'RATE_LIMITED' } })
    expect(await db().passwordResetRequest.count()).toBe(0)
  })
})
