import { beforeEach, describe, expect, test } from 'vitest'
import { type Actor, operatorOf } from '#lib/actor.ts'
import { changePassword } from '#lib/auth/change-password.ts'
import { confirmEmail } from '#lib/auth/confirmation/confirm-email.ts'
import { requestDeletion } from '#lib/auth/deletion/request-deletion.ts'
import { secureAccount } from '#lib/auth/recovery/secure-account.ts'
import { reportUnrecognisedEvent } from '#lib/auth/report-unrecognised-event.ts'
import { changeEmailSchema } from '#lib/auth/schema.ts'
import { db } from '#lib/db/client.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { disableAccount } from '#lib/operator/disable-account.ts'
import { endAllSessions } from '#lib/operator/end-all-sessions.ts'
import { emptyTables } from '#lib/testing/database.ts'
import {
  allEvents,
  createActor,
  createSession,
  createUser,
  eventNames,
  makeClient,
  makeSignIn,
  PASSWORD,
  type TestUser,
} from '#lib/testing/factories.ts'
import { openMails, tokenMailedTo } from '#lib/testing/mails.ts'
import { LIMITS } from '#lib/throttle/limits.ts'
import { DAY_SECONDS, secondsLater } from '#lib/time.ts'
import { cancelEmailChange } from './cancel-email-change.ts'
import { getEmailChange } from './get-email-change.ts'
import { requestEmailChange } from './request-email-change.ts'
import { resendChangeLink } from './resend-change-link.ts'

const NEW = 'ann.new@example.org'
const WRONG_PASSWORD = {
  ok: false,
  error: {
    code: 'INVALID_INPUT',
    details: [{ field: 'password', issue: 'This is not your current password.' }],
  },
}
const DONE = { ok: true, value: null }
const client = makeClient()
let user: TestUser
let actor: Actor

beforeEach(async () => {
  await emptyTables()
  user = await createUser({ email: 'ann@example.com' })
  actor = await actorOf(user)
})

async function actorOf({ id: userId, ...rest }: TestUser): Promise<Actor> {
  const { session } = await createSession({ id: userId, ...rest })
  return { userId, sessionId: session.id, role: 'user', client }
}

const request = (email = NEW, { by = actor, password = PASSWORD as string, now = new Date() } = {}) =>
  requestEmailChange(by, { email, password, now })

const pending = async (now = new Date()) => (await getEmailChange({ userId: user.id, now })).pending
const confirm = (token: string, now = new Date()) => confirmEmail(token, { client, now })

test('waits for the link in a mail to the new address, and notifies the present one', async () => {
  expect(await request()).toEqual(DONE)
  expect(await pending()).toBe(NEW)
  expect(await db().user.findFirst()).toMatchObject({ email: user.email })
  const token = await tokenMailedTo(NEW, 'email_change')
  const [link, notice] = await openMails()
  expect(link?.text).toContain('http://localhost:3000/confirm-email?token=')
  expect(notice).toMatchObject({ kind: 'email_change_requested', to: user.email })
  expect(notice?.text).toContain(`New email: ${NEW}`)
  expect(notice?.text).toContain('203.0.113.9')
  expect(notice?.text).not.toContain(token)
  // The notice's own link stops the change.
  const secured = await secureAccount(await tokenMailedTo(user.email, 'email_change_requested'), {
    client,
    now: new Date(),
  })
  expect(secured).toMatchObject({ ok: true })
  expect(await confirm(token)).toMatchObject({ ok: false })
  expect((await eventNames())[0]).toBe('email_change_requested')
  expect(JSON.stringify(await allEvents())).not.toMatch(/ann|@/)
})

test('names the field of a wrong password, and of an address that is no other one', async () => {
  expect(await request(NEW, { password: 'Not the password' })).toEqual(WRONG_PASSWORD)
  expect(await request(user.email)).toEqual({
    ok: false,
    error: { code: 'INVALID_INPUT', details: [{ field: 'email', issue: 'This is your email already.' }] },
  })
  expect(await eventNames()).toEqual(['email_change_requested wrong_password'])
  expect([await pending(), await openMails()]).toEqual([null, []])
})

test('a confusable character, a line break and what is no address are refused by the field', () => {
  const lineBreaks = ['a@example.com\r\nBcc: b@example.com', 'a@example.com\n']
  for (const email of ['k\u0131ra@example.com', '\u212Aira@example.com', ...lineBreaks, '', 'ann'])
    expect(changeEmailSchema.safeParse({ email, password: PASSWORD }).error?.issues, email).toMatchObject([
      { path: ['email'] },
    ])
})

test('a taken, a reserved and a free address differ in nothing that the account can see', async () => {
  const taken = await createUser({ email: 'taken@example.org' })
  const data = { tokenHash: new Uint8Array(32), changedAt: new Date(), expiresAt: new Date() }
  await db().formerEmail.create({ data: { userId: taken.id, email: 'reserved@example.org', ...data } })
  const seen = []
  for (const email of ['free@example.org', 'taken@example.org', 'reserved@example.org']) {
    expect(await request(email)).toEqual(DONE)
    expect(await pending()).toBe(email)
    const [event] = (await allEvents()).slice(-1)
    const [mail] = await db().mail.findMany({ where: { kind: 'email_change' }, orderBy: { id: 'desc' } })
    seen.push({ type: event?.eventType, success: event?.success, details: event?.details, to: mail?.userId })
  }
  expect(seen.slice(1)).toEqual([seen[0], seen[0]])
  const texts = (await openMails()).filter(({ kind }) => kind === 'email_change')
  expect(texts.map(({ text }) => text.includes('/confirm-email?token='))).toEqual([true, false, false])
  expect(texts[1]).toMatchObject({ to: 'taken@example.org', subject: expect.stringContaining('already has') })
})

test('a newer request and a resent link replace the link, and a cancelled one is dead', async () => {
  await request('first@example.org')
  const first = await tokenMailedTo('first@example.org', 'email_change')
  await request()
  const second = await tokenMailedTo(NEW, 'email_change')
  expect(await resendChangeLink(actor, { now: new Date() })).toEqual({ ok: true, value: true })
  const third = await tokenMailedTo(NEW, 'email_change')
  expect(new Set([first, second, third]).size).toBe(3)
  for (const token of [first, second]) expect(await confirm(token)).toMatchObject({ ok: false })
  expect(await cancelEmailChange(actor)).toBe(true)
  expect(await confirm(third)).toMatchObject({ ok: false })
  expect(await pending()).toBeNull()
  expect(await cancelEmailChange(actor)).toBe(false)
  expect(await resendChangeLink(actor, { now: new Date() })).toEqual({ ok: true, value: false })
  expect((await eventNames()).filter((name) => name === 'email_change_cancelled')).toHaveLength(1)
})

test('a link works for a day, and another account does not see or cancel it', async () => {
  await request()
  const token = await tokenMailedTo(NEW, 'email_change')
  const other = await createActor()
  expect(await cancelEmailChange(other)).toBe(false)
  expect(await resendChangeLink(other, { now: new Date() })).toEqual({ ok: true, value: false })
  const tomorrow = secondsLater(new Date(), DAY_SECONDS)
  expect([await pending(), await pending(tomorrow)]).toEqual([NEW, null])
  expect(await confirm(token, tomorrow)).toMatchObject({ ok: false })
})

describe('a pending change ends with', () => {
  const newPassword = 'seven quiet herons at dusk'
  test.each<[string, () => Promise<unknown>]>([
    [
      'a change of the password',
      () => changePassword(actor, { currentPassword: PASSWORD, newPassword, signIn: makeSignIn({ client }) }),
    ],
    [
      'a request to delete the account',
      () => requestDeletion(actor, { password: PASSWORD, now: new Date() }),
    ],
    ['a disabling', () => disableAccount(COMMAND_LINE, user.id, { now: new Date() })],
    [
      'an administrator who ends all sessions',
      async () => endAllSessions(operatorOf(await createActor('admin')), user.id, { now: new Date() }),
    ],
    [
      '“This wasn’t me”',
      async () => {
        const [event] = await allEvents()
        await reportUnrecognisedEvent(await actorOf(user), { eventId: event?.id ?? '', now: new Date() })
      },
    ],
  ])('%s', async (_, end) => {
    await request()
    const token = await tokenMailedTo(NEW, 'email_change')
    await end()
    expect(await pending()).toBeNull()
    expect(await confirm(token)).toEqual({ ok: false, error: { code: 'INVALID_LINK' } })
    expect(await db().user.findFirst({ where: { id: user.id } })).toMatchObject({ email: user.email })
  })
})

test('a request in flight while the account is disabled or its session ends does nothing', async () => {
  const [ended] = [await actorOf(user)]
  await endAllSessions(operatorOf(await createActor('admin')), user.id, { now: new Date() })
  expect(await request(NEW, { by: ended })).toEqual(WRONG_PASSWORD)
  actor = await actorOf(user)
  await disableAccount(COMMAND_LINE, user.id, { now: new Date() })
  expect(await request()).toEqual(WRONG_PASSWORD)
  expect(await pending()).toBeNull()
  expect((await openMails()).map(({ kind }) => kind)).toEqual(['sessions_ended', 'account_disabled'])
})

test('is throttled by account and by the new address, whatever account asks', async () => {
  const { count } = LIMITS['email.change']
  for (let i = 0; i < count; i++) expect(await request(`n${i}@example.org`)).toEqual(DONE)
  expect(await request('one-more@example.org')).toMatchObject({ error: { code: 'RATE_LIMITED' } })
  for (let i = 0; i < LIMITS['email.recipient'].count; i++)
    expect(await request('victim@example.org', { by: await actorOf(await createUser()) })).toEqual(DONE)
  const stranger = await actorOf(await createUser())
  expect(await request('victim@example.org', { by: stranger })).toMatchObject({
    error: { code: 'RATE_LIMITED' },
  })
})
