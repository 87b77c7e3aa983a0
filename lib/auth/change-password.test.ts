import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { disableAccount } from '#lib/operator/disable-account.ts'
import { requirePasswordChange } from '#lib/operator/require-password-change.ts'
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
import { makeBucket } from '#lib/throttle/bucket.ts'
import { LIMITS } from '#lib/throttle/limits.ts'
import { changePassword } from './change-password.ts'
import { logIn } from './log-in.ts'
import { refresh } from './refresh.ts'
import { authenticate } from './session/authenticate.ts'

const NEW_PASSWORD = 'seven quiet herons at dusk'
const client = makeClient()
const signIn = makeSignIn({ client, transport: 'cookie' })
const WRONG = { field: 'current_password', issue: 'This is not your current password.' }

let user: TestUser
let here: Awaited<ReturnType<typeof createSession>>
let actor: Actor

beforeEach(async () => {
  await emptyTables()
  user = await createUser()
  here = await createSession(user, { transport: 'cookie' })
  actor = { userId: user.id, sessionId: here.session.id, role: 'user', client }
})

function change(currentPassword: string = PASSWORD, newPassword: string = NEW_PASSWORD, by = actor) {
  return changePassword(by, { currentPassword, newPassword, signIn })
}

/** What is taken of each limit. */
async function points(): Promise<Record<string, number>> {
  const counters = await db().throttleBucket.findMany()
  return Object.fromEntries(counters.map(({ key, taken }) => [key.split(':')[0], taken]))
}

function logInWith(password: string) {
  return logIn({ email: user.email, password }, { ...signIn, client: { ...client, network: randomUUID() } })
}

function reasons() {
  return db().session.findMany({ orderBy: { id: 'asc' }, select: { revokedReason: true } })
}

test('ends every session, this one included, and starts a new one here', async () => {
  const there = await createSession(user, { transport: 'bearer' })
  const changed = await change()
  if (!changed.ok) throw new Error(changed.error.code)
  expect(await reasons()).toEqual([
    { revokedReason: 'password_changed' },
    { revokedReason: 'password_changed' },
    { revokedReason: null },
  ])
  expect(await refresh(here.refresh.token, { client, transport: 'cookie', now: new Date() })).toMatchObject({
    ok: false,
  })
  expect(await refresh(there.refresh.token, { client, transport: 'bearer', now: new Date() })).toMatchObject({
    ok: false,
  })
  expect(await authenticate(changed.value.access.token, { client, now: new Date() })).toMatchObject({
    ok: true,
  })
  expect(
    await refresh(changed.value.refresh.token, { client, transport: 'cookie', now: new Date() }),
  ).toMatchObject({
    ok: true,
  })
})

test('accepts the new password afterwards and refuses the old one', async () => {
  await change()
  expect(await logInWith(PASSWORD)).toMatchObject({ ok: false })
  expect(await logInWith(NEW_PASSWORD)).toMatchObject({ ok: true })
})

test('records one event for the change and one for each session that it ends', async () => {
  await createSession(user)
  await change()
  expect((await eventNames()).sort()).toEqual(['password_changed', 'session_revoked', 'session_revoked'])
})

test('forgets the known devices, and gives the acting browser a new device cookie', async () => {
  const before = await logInWith(PASSWORD)
  const deviceToken = (before.ok && before.value.deviceToken) || undefined
  const passwords = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD }
  const changed = await changePassword(actor, { ...passwords, signIn: { ...signIn, deviceToken } })
  expect(changed.ok && changed.value.deviceToken).toEqual(expect.stringMatching(/^[\w-]{43}$/))
  expect(changed.ok && changed.value.deviceToken).not.toBe(deviceToken)
  expect(await db().knownDevice.count({ where: { userId: user.id } })).toBe(1)
})

test('keeps the new session as long as the sign-in asks for', async () => {
  const passwords = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD }
  const now = new Date()
  const changed = await changePassword(actor, { ...passwords, signIn: { ...signIn, persistent: false, now } })
  expect(changed).toMatchObject({
    value: { session: { persistent: false, expiresAt: new Date(now.getTime() + 24 * 3600 * 1000) } },
  })
})

test('names the field of a wrong current password, records it and changes nothing', async () => {
  expect(await change('Not the password')).toEqual({
    ok: false,
    error: { code: 'INVALID_INPUT', details: [WRONG] },
  })
  expect(await reasons()).toEqual([{ revokedReason: null }])
  expect(await eventNames()).toEqual(['password_changed wrong_password'])
  expect(await allEvents()).toMatchObject([{ userId: user.id, sessionId: here.session.id }])
  expect(await logInWith(PASSWORD)).toMatchObject({ ok: true })
})

test.each([
  ['Password1', 'on lists of common passwords'],
  ['Summer2026', 'built on a season, a month or a day'],
  ['Lovelace-1990', 'built on your name or email address'],
])('refuses the new password %s, counts no try and changes nothing', async (password, reason) => {
  await db().user.update({ where: { id: user.id }, data: { name: 'Ada Lovelace' } })
  const issue = `Choose a password that is harder to guess: this one is ${reason}.`
  expect(await change(PASSWORD, password)).toEqual({
    ok: false,
    error: { code: 'INVALID_INPUT', details: [{ field: 'new_password', issue }] },
  })
  expect(await db().throttleBucket.findMany({ select: { taken: true } })).toEqual([
    { taken: 0 },
    { taken: 0 },
  ])
  expect(await reasons()).toEqual([{ revokedReason: null }])
  expect(await allEvents()).toEqual([])
})

test('does not check the new password if the current one is wrong', async () => {
  expect(await change('Not the password', 'Summer2026')).toMatchObject({ error: { details: [WRONG] } })
})

test('still logs in with a weak password that was stored earlier', async () => {
  user = await createUser({ password: 'Taskward1' })
  expect(await logInWith('Taskward1')).toMatchObject({ ok: true })
})

test('refuses even the right password after too many wrong ones in an hour', async () => {
  const { count } = LIMITS['password.change']
  for (let i = 0; i < count; i++) await change(`Wrong guess ${i}`)
  expect(await change()).toMatchObject({
    error: { code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) },
  })
  expect((await eventNames()).filter((name) => name === 'throttled password.change')).toHaveLength(1)
  expect(await reasons()).toEqual([{ revokedReason: null }])
})

test('counts failures per session: a thief in one does not use up the owner’s tries in another', async () => {
  const thief = { ...actor, sessionId: (await createSession(user)).session.id }
  for (let i = 0; i <= LIMITS['password.change'].count; i++)
    await change(`Wrong guess ${i}`, NEW_PASSWORD, thief)
  expect(await change(PASSWORD, NEW_PASSWORD, thief)).toMatchObject({ error: { code: 'RATE_LIMITED' } })
  expect(await change()).toMatchObject({ ok: true })
})

test('counts a success as work, and not as a try', async () => {
  await change()
  expect(await points()).toEqual({ 'password.change': 0, 'password.work': 1, 'mail.recipient': 1 })
})

test('counts a failure as a try, and not as work', async () => {
  await change('Not the password')
  expect(await points()).toEqual({ 'password.change': 1, 'password.work': 0 })
})

test('limits the changes per hour across sessions, although each change starts a new one', async () => {
  const { key, limit } = makeBucket('password.work', user.id)
  const now = new Date()
  const window = { windowStartedAt: now, expiresAt: new Date(now.getTime() + 60_000) }
  await db().throttleBucket.create({ data: { key, ...window, taken: limit.count } })
  expect(await change()).toMatchObject({ error: { code: 'RATE_LIMITED' } })
  expect(await eventNames()).toEqual(['throttled password.work'])
})

test('returns BUSY, counts nothing and changes nothing if its turn does not come', async () => {
  const abortSignal = AbortSignal.abort()
  const impatient = { ...actor, client: { ...client, abortSignal } }
  expect(await change(PASSWORD, NEW_PASSWORD, impatient)).toEqual({
    ok: false,
    error: { code: 'BUSY', retryAfterSeconds: expect.any(Number) },
  })
  expect(await db().throttleBucket.count()).toBe(0)
  expect(await reasons()).toEqual([{ revokedReason: null }])
})

test('refuses the slower of two parallel changes: its current password is outdated', async () => {
  const outcomes = await Promise.all([
    change(PASSWORD, `${NEW_PASSWORD} 1`),
    change(PASSWORD, `${NEW_PASSWORD} 2`),
  ])
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
  expect(outcomes.filter(({ ok }) => !ok)).toMatchObject([{ error: { details: [WRONG] } }])
  expect((await reasons()).filter(({ revokedReason }) => revokedReason === null)).toHaveLength(1)
})

test('changes nothing for a disabled account', async () => {
  await disableAccount(COMMAND_LINE, user.id, { now: new Date() })
  expect(await change()).toMatchObject({ ok: false })
  expect(await db().session.count({ where: { revokedAt: null } })).toBe(0)
})

test('changes nothing in a session that an operator has ended, and keeps the required change', async () => {
  await requirePasswordChange(COMMAND_LINE, user.id, { now: new Date() })
  expect(await change()).toMatchObject({ ok: false })
  expect((await db().user.findFirstOrThrow()).passwordChangeRequiredAt).not.toBeNull()
  expect(await db().session.count({ where: { revokedAt: null } })).toBe(0)
})

test('leaves another account’s session alone if the browser holds its cookie', async () => {
  const other = await createSession(await createUser(), { transport: 'cookie' })
  const passwords = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD }
  const replacing = { ...signIn, replacedRefreshToken: other.refresh.token }
  expect(await changePassword(actor, { ...passwords, signIn: replacing })).toMatchObject({ ok: true })
  expect(await refresh(other.refresh.token, { client, transport: 'cookie', now: new Date() })).toMatchObject({
    ok: true,
  })
})

test('fulfils a required change only when it succeeds', async () => {
  await db().user.update({ where: { id: user.id }, data: { passwordChangeRequiredAt: new Date() } })
  const required = async () => (await db().user.findFirstOrThrow()).passwordChangeRequiredAt !== null
  expect(await change('Not the password')).toMatchObject({ ok: false })
  expect(await required()).toBe(true)
  expect(await change()).toMatchObject({ ok: true })
  expect(await required()).toBe(false)
})

test('refuses the same password as the new one', async () => {
  const issue = 'Choose a password that differs from the current one.'
  expect(await change(PASSWORD, PASSWORD)).toMatchObject({
    error: { code: 'INVALID_INPUT', details: [{ field: 'new_password', issue }] },
  })
  expect(await change('Gru\u0308n-day7', 'Gr\u00fcn-day7')).toMatchObject({ error: { details: [{ issue }] } })
  expect(await reasons()).toEqual([{ revokedReason: null }])
})
