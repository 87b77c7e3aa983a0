import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { operatorOf } from '#lib/actor.ts'
import { logIn } from '#lib/auth/log-in.ts'
import { authenticate } from '#lib/auth/session/authenticate.ts'
import { withAccessToken } from '#lib/auth/session/tokens.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import {
  allEvents,
  createActor,
  createOperator,
  createSession,
  createUser,
  eventNames,
  makeClient,
  makeSignIn,
  PASSWORD,
} from '#lib/testing/factories.ts'
import { COMMAND_LINE } from './command-line.ts'
import { disableAccount } from './disable-account.ts'

const client = makeClient()

const NOW = new Date()

beforeEach(emptyTables)

test('ends every session of the account, and of no other account', async () => {
  const [user, other, operator] = [await createUser(), await createUser(), await createOperator()]
  const sessions = [await createSession(user), await createSession(user, { transport: 'cookie' })]
  const stays = await withAccessToken(await createSession(other), new Date())
  expect(await disableAccount(operator, user.id, { now: NOW })).toEqual({ ok: true, value: true })
  for (const session of sessions) {
    const { access } = await withAccessToken(session, new Date())
    expect(await authenticate(access.token, { client, now: new Date() })).toMatchObject({ ok: false })
  }
  expect(await authenticate(stays.access.token, { client, now: new Date() })).toMatchObject({ ok: true })
  const by = operator.userId
  const ended = { eventType: 'session_revoked', userId: user.id, details: { by, reason: 'account_disabled' } }
  const events = await allEvents()
  expect(events).toHaveLength(3)
  expect(events).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        eventType: 'account_disabled',
        success: true,
        userId: user.id,
        details: { by },
      }),
      ...sessions.map(({ session }) => expect.objectContaining({ ...ended, sessionId: session.id })),
    ]),
  )
})

test('parallel calls disable the account once, and each is recorded', async () => {
  const user = await createUser()
  const answers = await Promise.all([1, 2, 3].map(() => disableAccount(COMMAND_LINE, user.id, { now: NOW })))
  expect(answers.map((answer) => answer.ok && answer.value).sort()).toEqual([false, false, true])
  const details = (await allEvents()).map((event) => JSON.stringify(event.details))
  expect(details.filter((text) => text === '{"by":"command line"}')).toHaveLength(1)
  expect(details.filter((text) => text.includes('"unchanged":true'))).toHaveLength(2)
})

test.each([randomUUID(), 'x', ''])('fails for the unknown account "%s"', async (id) => {
  const refused = { ok: false, error: { code: 'USER_NOT_FOUND' } }
  expect(await disableAccount(COMMAND_LINE, id, { now: NOW })).toEqual(refused)
  expect(await eventNames()).toEqual([])
})

test('administrators cannot disable themselves by any spelling of their id, and each try is recorded', async () => {
  const actor = await createActor('admin')
  await createActor('admin')
  for (const id of [actor.userId, actor.userId.toUpperCase()]) {
    expect(await disableAccount(operatorOf(actor), id, { now: NOW })).toEqual({
      ok: false,
      error: { code: 'OWN_ACCOUNT' },
    })
  }
  expect(await eventNames()).toEqual(Array(2).fill('account_disabled own_account'))
  expect(await db().user.count({ where: { disabledAt: null } })).toBe(2)
})

test('the command line cannot disable the last enabled administrator', async () => {
  const [last, disabled] = [await createActor('admin'), await createActor('admin')]
  expect(await disableAccount(COMMAND_LINE, disabled.userId, { now: NOW })).toMatchObject({ ok: true })
  const refused = { ok: false, error: { code: 'LAST_ADMIN' } }
  expect(await disableAccount(COMMAND_LINE, last.userId, { now: NOW })).toEqual(refused)
  expect(await eventNames()).toContain('account_disabled last_admin')
  expect(await db().user.count({ where: { disabledAt: null } })).toBe(1)
})

test('two administrators who disable each other in parallel leave one', async () => {
  for (let round = 0; round < 5; round++) {
    await emptyTables()
    const [ann, bob] = [await createActor('admin'), await createActor('admin')]
    const answers = await Promise.all([
      disableAccount(operatorOf(ann), bob.userId, { now: NOW }),
      disableAccount(operatorOf(bob), ann.userId, { now: NOW }),
    ])
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await db().user.count({ where: { disabledAt: null } })).toBe(1)
  }
})

test('ends the sessions of parallel log-ins', async () => {
  for (let round = 0; round < 5; round++) {
    const user = await createUser()
    const logIns = [1, 2, 3].map(() => logIn({ email: user.email, password: PASSWORD }, makeSignIn()))
    await Promise.all([...logIns, disableAccount(COMMAND_LINE, user.id, { now: NOW })])
    expect(await db().session.count({ where: { userId: user.id, revokedAt: null } })).toBe(0)
  }
})

test('a session that ended before keeps its reason', async () => {
  const user = await createUser()
  const { session } = await createSession(user)
  const data = { revokedAt: new Date(), revokedReason: 'logged_out' } as const
  await db().session.update({ where: { id: session.id }, data })
  await disableAccount(COMMAND_LINE, user.id, { now: NOW })
  expect(await db().session.findUnique({ where: { id: session.id } })).toMatchObject(data)
})
