import { beforeEach, expect, test } from 'vitest'
import { type Actor, operatorOf } from '#lib/actor.ts'
import { changePassword } from '#lib/auth/change-password.ts'
import { logIn } from '#lib/auth/log-in.ts'
import { refresh } from '#lib/auth/refresh.ts'
import { db } from '#lib/db/client.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { deleteAccount } from '#lib/operator/delete-account.ts'
import { disableAccount } from '#lib/operator/disable-account.ts'
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
import { LIMITS } from '#lib/throttle/limits.ts'
import { DAY_SECONDS, secondsLater } from '#lib/time.ts'
import { deleteDueAccounts } from './delete-due-accounts.ts'
import { requestDeletion } from './request-deletion.ts'

const client = makeClient()
const NOW = new Date()
const DUE_AT = secondsLater(NOW, 7 * DAY_SECONDS)
const WRONG = {
  ok: false,
  error: {
    code: 'INVALID_INPUT',
    details: [{ field: 'password', issue: 'This is not your current password.' }],
  },
}

let user: TestUser
let here: Awaited<ReturnType<typeof createSession>>
let actor: Actor

beforeEach(async () => {
  await emptyTables()
  user = await createUser({ email: 'ann@example.com' })
  here = await createSession(user)
  actor = { userId: user.id, sessionId: here.session.id, role: 'user', client }
})

function request(by = actor, password: string = PASSWORD) {
  return requestDeletion(by, { password, now: NOW })
}

function logInAt(now: Date) {
  return logIn({ email: user.email, password: PASSWORD }, makeSignIn({ client, now }))
}

/** Everything that housekeeping would delete then, in batches of ten rows. */
async function deleteDue(now: Date): Promise<number> {
  let total = 0
  for (let rows = 10; rows === 10; total += rows)
    rows = await db().$transaction((tx) => deleteDueAccounts(tx, 10, now))
  return total
}

test('ends every session, records it and notifies the address', async () => {
  const there = await createSession(user, { transport: 'cookie' })
  expect(await request()).toEqual({ ok: true, value: DUE_AT })
  for (const { refresh: token, transport } of [
    { ...here, transport: 'bearer' as const },
    { ...there, transport: 'cookie' as const },
  ])
    expect(await refresh(token.token, { client, transport, now: new Date() })).toMatchObject({ ok: false })
  expect((await eventNames()).filter((name) => !name.startsWith('token_'))).toEqual([
    'session_revoked',
    'session_revoked',
    'account_deletion_requested',
  ])
  expect(await db().mail.findMany()).toMatchObject([{ kind: 'account_deletion', userId: user.id }])
})

test('names the field of a wrong password, records it and changes nothing', async () => {
  expect(await request(actor, 'Not the password')).toEqual(WRONG)
  expect(await eventNames()).toEqual(['account_deletion_requested wrong_password'])
  expect(await db().user.findUnique({ where: { id: user.id } })).toMatchObject({ deletionDueAt: null })
})

test('tries of a password count together with those of a password change', async () => {
  const signIn = makeSignIn({ client })
  const guess = { currentPassword: 'Not the password', newPassword: 'seven quiet herons at dusk', signIn }
  for (let round = 0; round < LIMITS['password.change'].count; round++) await changePassword(actor, guess)
  expect(await request()).toMatchObject({ ok: false, error: { code: 'RATE_LIMITED' } })
})

test('a request in flight while its session ends or the password changes does nothing', async () => {
  const changed = await changePassword(actor, {
    currentPassword: PASSWORD,
    newPassword: 'seven quiet herons at dusk',
    signIn: makeSignIn({ client }),
  })
  expect(changed).toEqual(expect.objectContaining({ ok: true }))
  expect(await request(actor, 'seven quiet herons at dusk')).toEqual(WRONG)
  await disableAccount(COMMAND_LINE, user.id, { now: NOW })
  expect(await request(actor, 'seven quiet herons at dusk')).toEqual(WRONG)
  expect(await db().user.findUnique({ where: { id: user.id } })).toMatchObject({ deletionDueAt: null })
})

test('a log-in on the sixth day keeps the account', async () => {
  await request()
  const later = secondsLater(NOW, 6 * DAY_SECONDS)
  expect(await logInAt(later)).toMatchObject({ ok: true, value: { isKept: true } })
  expect(await logInAt(later)).toMatchObject({ ok: true, value: { isKept: false } })
  expect((await eventNames()).slice(-3)).toEqual(['account_deletion_cancelled', 'login', 'login'])
  expect(await deleteDue(secondsLater(NOW, 30 * DAY_SECONDS))).toBe(0)
})

test('a log-in after seven days is refused like one of an unknown account', async () => {
  await request()
  const refused = { ok: false, error: { code: 'AUTH_FAILED' } }
  expect(await logInAt(DUE_AT)).toEqual(refused)
  await deleteDue(secondsLater(DUE_AT, 61))
  expect(await logInAt(secondsLater(DUE_AT, 62))).toEqual(refused)
})

test('nothing but events without an address is left of a deleted account, and others keep theirs', async () => {
  const other = await createActor()
  for (const { userId } of [actor, other]) {
    const data = Array.from({ length: 25 }, (_, index) => ({ userId, title: `Task ${index}` }))
    await db().task.createMany({ data })
  }
  await logInAt(NOW)
  await request()
  expect(await deleteDue(DUE_AT)).toBe(0)
  expect(await deleteDue(secondsLater(DUE_AT, 61))).toBeGreaterThan(25)
  expect(await db().task.groupBy({ by: ['userId'], _count: true })).toEqual([
    { userId: other.userId, _count: 25 },
  ])
  expect(await db().user.findMany({ select: { id: true } })).toEqual([{ id: other.userId }])
  expect(await db().mail.count()).toBe(0)
  expect(await db().accountLink.count()).toBe(0)
  const events = await allEvents()
  expect(events.at(-1)).toMatchObject({ eventType: 'account_deleted', userId: user.id, email: null })
  expect(JSON.stringify(events)).not.toContain('ann@example.com')
})

test('the last administrator cannot go, and of two who go at the same moment one stays', async () => {
  const admins = await Promise.all([createUser(), createUser()])
  await db().user.updateMany({
    where: { id: { in: admins.map(({ id }) => id) } },
    data: { role: 'admin' },
  })
  const actors = await Promise.all(
    admins.map(async (admin): Promise<Actor> => {
      const { session } = await createSession(admin)
      return { userId: admin.id, sessionId: session.id, role: 'admin', client }
    }),
  )
  const answers = await Promise.all(actors.map((admin) => request(admin)))
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
  expect(answers.find(({ ok }) => !ok)).toEqual({ ok: false, error: { code: 'LAST_ADMIN' } })
  expect(await eventNames()).toContain('account_deletion_requested last_admin')
})

test('an operator schedules a deletion once, and not their own', async () => {
  const operator = operatorOf(await createActor('admin'))
  const answers = [1, 2].map(() => deleteAccount(operator, user.id, { now: NOW }))
  expect((await Promise.all(answers)).map((answer) => answer.ok && answer.value).sort()).toEqual([
    false,
    true,
  ])
  expect(await deleteAccount(operator, operator.userId ?? '', { now: NOW })).toEqual({
    ok: false,
    error: { code: 'OWN_ACCOUNT' },
  })
  const ordered = (await allEvents()).filter(({ eventType }) => eventType === 'account_deletion_ordered')
  expect(ordered.map(({ details }) => details)).toEqual(
    expect.arrayContaining([{ by: operator.userId }, { by: operator.userId, unchanged: true }]),
  )
})
