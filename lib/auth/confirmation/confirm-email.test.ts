import { beforeEach, describe, expect, test } from 'vitest'
import { createLink } from '#lib/auth/links/create-link.ts'
import { newToken } from '#lib/auth/new-token.ts'
import { resetPassword } from '#lib/auth/recovery/reset-password.ts'
import { signUpSchema } from '#lib/auth/schema.ts'
import { type AuthenticatedActor, authenticate } from '#lib/auth/session/authenticate.ts'
import { withAccessToken } from '#lib/auth/session/tokens.ts'
import { db } from '#lib/db/client.ts'
import { openMail } from '#lib/mail/seal-mail.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { disableAccount } from '#lib/operator/disable-account.ts'
import { emptyTables } from '#lib/testing/database.ts'
import {
  allEvents,
  createSession,
  createUser,
  eventNames,
  makeClient,
  PASSWORD,
} from '#lib/testing/factories.ts'
import { DAY_MS } from '#lib/time.ts'
import { confirmEmail, getConfirmationEmail } from './confirm-email.ts'
import { resendConfirmation } from './resend-confirmation.ts'
import { sendConfirmation } from './send-confirmation.ts'

const INVALID = { ok: false, error: { code: 'INVALID_LINK' } }
const EMAIL = 'kira@example.com'
const client = makeClient()
let actor: AuthenticatedActor

beforeEach(async () => {
  await emptyTables()
  actor = await createAccount(EMAIL)
})

/** Without a sign-up, which would hash a password. */
async function createAccount(email: string): Promise<AuthenticatedActor> {
  const user = await createUser({ email })
  const session = await createSession(user)
  const account = { userId: user.id, email, now: new Date() }
  await db().$transaction((tx) => sendConfirmation(tx, account))
  const { access } = await withAccessToken(session, new Date())
  return readActor(access.token)
}

async function readActor(token: string): Promise<AuthenticatedActor> {
  const read = await authenticate(token, { client, now: new Date() })
  if (!read.ok) throw new Error(read.error.code)
  return read.value
}

async function mails() {
  const rows = await db().mail.findMany({ orderBy: { id: 'asc' } })
  return Promise.all(rows.map(async ({ id, sealed }) => openMail(sealed!, id)))
}

async function newestToken(): Promise<string> {
  const text = (await mails()).at(-1)?.text ?? ''
  return /^http:\/\/localhost:3000\/confirm-email\?token=([\w-]{43})$/m.exec(text)?.[1] ?? ''
}

function confirm(token: string, now = new Date()) {
  return confirmEmail(token, { client, now })
}

async function isConfirmed(): Promise<boolean> {
  return (await db().user.count({ where: { email: EMAIL, emailVerified: { not: null } } })) === 1
}

describe('a link', () => {
  test('goes to the stored address, and its secret into no other row', async () => {
    const token = await newestToken()
    expect(token).not.toBe('')
    expect(await mails()).toMatchObject([{ to: EMAIL, subject: 'Confirm your email for Taskward' }])
    expect(await db().accountLink.findMany()).toMatchObject([
      { userId: actor.userId, purpose: 'confirm_email', email: EMAIL },
    ])
    const [row] = await db().$queryRaw<
      { text: string }[]
    >`SELECT account_links::text AS text FROM account_links`
    expect(row?.text).not.toContain(token)
  })

  test('confirms the address once, starts no session and ends none', async () => {
    const token = await newestToken()
    for (let i = 0; i < 3; i++) expect(await getConfirmationEmail(token, new Date())).toBe(EMAIL)
    expect(await isConfirmed()).toBe(false)
    expect(await confirm(token)).toEqual({ ok: true, value: EMAIL })
    expect(await isConfirmed()).toBe(true)
    expect(await confirm(token)).toEqual(INVALID)
    expect(await getConfirmationEmail(token, new Date())).toBeNull()
    expect(await db().session.count({ where: { revokedAt: null } })).toBe(1)
    expect(await eventNames()).toEqual(['email_confirmed', 'email_confirmed unknown_link'])
    expect(JSON.stringify(await allEvents())).not.toContain(token)
  })

  test('of ten parallel uses exactly one confirms', async () => {
    const token = await newestToken()
    const uses = await Promise.all(Array.from({ length: 10 }, () => confirm(token)))
    expect(uses.filter(({ ok }) => ok)).toHaveLength(1)
    expect((await eventNames()).filter((name) => name === 'email_confirmed')).toHaveLength(1)
  })

  test('works after a day no longer', async () => {
    const token = await newestToken()
    const { createdAt } = await db().accountLink.findFirstOrThrow()
    expect(await confirm(token, new Date(createdAt.getTime() + DAY_MS))).toEqual(INVALID)
    expect(await confirm(token, new Date(createdAt.getTime() + DAY_MS - 1000))).toMatchObject({ ok: true })
  })

  test.each([
    [
      'the account has another address',
      'account_changed',
      () => db().user.updateMany({ data: { email: 'new@example.com' } }),
    ],
    [
      'the account is disabled',
      'account_disabled',
      () => disableAccount(COMMAND_LINE, actor.userId, { now: new Date() }),
    ],
    [
      'the link has another purpose',
      'unknown_link',
      () => db().accountLink.updateMany({ data: { purpose: 'other' } }),
    ],
  ])('does not work if %s', async (_, reason, change) => {
    const token = await newestToken()
    await change()
    expect(await confirm(token)).toEqual(INVALID)
    expect((await eventNames()).at(-1)).toBe(`email_confirmed ${reason}`)
    expect(await db().user.count({ where: { emailVerified: { not: null } } })).toBe(0)
  })

  test('does not set a password, and a link for that confirms nothing', async () => {
    const token = await newestToken()
    expect(await resetPassword({ token, password: `${PASSWORD} 2` }, { client, now: new Date() })).toEqual(
      INVALID,
    )
    const reset = newToken()
    const link = { userId: actor.userId, email: EMAIL, now: new Date() }
    await createLink(db(), { ...link, purpose: 'reset_password', token: reset })
    expect(await confirm(reset)).toEqual(INVALID)
    expect(await confirm(token)).toMatchObject({ ok: true })
  })

  test('is throttled if sixty of a network do not work, and one that works is not', async () => {
    for (let i = 0; i < 60; i++) expect(await confirm(newToken())).toEqual(INVALID)
    expect(await confirm(newToken())).toMatchObject({ error: { code: 'RATE_LIMITED' } })
    expect(await confirm(await newestToken())).toMatchObject({ ok: true })
  })
})

describe('a further link', () => {
  test('replaces the one before', async () => {
    const older = await newestToken()
    expect(await resendConfirmation(actor, new Date())).toEqual({ ok: true, value: null })
    expect(await confirm(older)).toEqual(INVALID)
    expect(await confirm(await newestToken())).toMatchObject({ ok: true })
    expect(await eventNames()).toContain('email_confirmation_requested')
  })

  test('is not sent for a confirmed address', async () => {
    await resendConfirmation({ ...actor, emailConfirmedAt: new Date() }, new Date())
    expect(await mails()).toHaveLength(1)
  })

  test('is refused beyond five mails an hour to one address, and the newest link keeps working', async () => {
    for (let i = 0; i < 4; i++)
      expect(await resendConfirmation(actor, new Date())).toMatchObject({ ok: true })
    expect(await resendConfirmation(actor, new Date())).toMatchObject({
      error: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) },
    })
    expect(await mails()).toHaveLength(5)
    expect(await confirm(await newestToken())).toMatchObject({ ok: true })
  })

  test('is refused beyond ten an hour of one account, whatever its addresses', async () => {
    const send = (i: number) => resendConfirmation({ ...actor, email: `kira${i}@example.com` }, new Date())
    for (let i = 0; i < 10; i++) expect(await send(i)).toMatchObject({ ok: true })
    expect(await send(10)).toMatchObject({ error: { code: 'RATE_LIMITED' } })
    expect((await eventNames()).at(-1)).toBe('throttled confirm.account')
  })
})

test.each(['\u212Aira@example.com', 'k\u0131ra@example.com'])('%s cannot sign up', (email) => {
  expect(signUpSchema.safeParse({ email, password: PASSWORD }).success).toBe(false)
})

test.each(['k\u0456ra@ex\u0430mple.com', 'kira@ex\u0430mple.com', 'kira@exampl\u00E9.com'])(
  '%s gets no link of kira@example.com',
  async (typed) => {
    const parsed = signUpSchema.safeParse({ email: typed, password: PASSWORD })
    if (!parsed.success) return
    const other = await createAccount(parsed.data.email)
    expect(other.userId).not.toBe(actor.userId)
    expect(await confirm(await newestToken())).toMatchObject({ value: other.email })
    expect(await isConfirmed()).toBe(false)
  },
)
