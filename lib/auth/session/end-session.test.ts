import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { findKnownBrowser } from '#lib/auth/find-known-device.ts'
import { rememberDevice } from '#lib/auth/remember-device.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import {
  allEvents,
  createSession,
  createUser,
  eventNames,
  makeClient,
  makeSignIn,
  type TestUser,
} from '#lib/testing/factories.ts'
import { endOtherSessions, endSession } from './end-session.ts'

const NOT_FOUND = { ok: false, error: { code: 'SESSION_NOT_FOUND' } }
const client = makeClient()
let user: TestUser
let actor: Actor
let other: string

beforeEach(async () => {
  await emptyTables()
  user = await createUser()
  const here = await createSession(user)
  actor = { userId: user.id, sessionId: here.session.id, role: 'user', client }
  other = (await createSession(user)).session.id
})

async function reasonOf(id: string) {
  return (await db().session.findUniqueOrThrow({ where: { id } })).revokedReason
}

test.each([(id: string) => id, (id: string) => id.toUpperCase()])(
  'logs another device out, and records the acting session (%o)',
  async (spell) => {
    expect(await endSession(actor, { sessionId: spell(other), now: new Date() })).toEqual({
      ok: true,
      value: null,
    })
    expect(await reasonOf(other)).toBe('logged_out_elsewhere')
    expect(await reasonOf(actor.sessionId)).toBeNull()
    expect(await allEvents()).toMatchObject([
      {
        eventType: 'session_revoked',
        userId: user.id,
        sessionId: other,
        requestId: client.requestId,
        details: { reason: 'logged_out_elsewhere', by_session: actor.sessionId },
      },
    ])
  },
)

test.each([(id: string) => id, (id: string) => id.toUpperCase()])(
  'logs out when it ends the current session (%o)',
  async (spell) => {
    expect(await endSession(actor, { sessionId: spell(actor.sessionId), now: new Date() })).toEqual({
      ok: true,
      value: null,
    })
    expect(await reasonOf(actor.sessionId)).toBe('logged_out')
    expect(await eventNames()).toEqual(['logout'])
  },
)

test('keeps the first reason and its one event when it ends a session again', async () => {
  await endSession(actor, { sessionId: other, now: new Date() })
  const [before] = await db().session.findMany({ where: { id: other } })
  expect(await endSession({ ...actor, sessionId: other }, { sessionId: other, now: new Date() })).toEqual({
    ok: true,
    value: null,
  })
  expect(await db().session.findMany({ where: { id: other } })).toEqual([before])
  expect(await eventNames()).toEqual(['session_revoked'])
})

test('returns SESSION_NOT_FOUND for a foreign session, and records the attempt', async () => {
  const foreign = (await createSession(await createUser())).session.id
  expect(await endSession(actor, { sessionId: foreign, now: new Date() })).toEqual(NOT_FOUND)
  expect(await reasonOf(foreign)).toBeNull()
  expect(await allEvents()).toMatchObject([
    {
      eventType: 'access_denied',
      failureReason: 'foreign_session',
      userId: user.id,
      sessionId: actor.sessionId,
      details: { session_id: foreign },
    },
  ])
})

test.each([randomUUID(), '', 'x', `${randomUUID()}'`, '../sessions'])(
  'returns SESSION_NOT_FOUND for the unknown id %j',
  async (id) => {
    expect(await endSession(actor, { sessionId: id, now: new Date() })).toEqual(NOT_FOUND)
    expect(await eventNames()).toEqual([])
  },
)

test('ends all other sessions of the account, each with its event', async () => {
  const another = (await createSession(user)).session.id
  const foreign = (await createSession(await createUser())).session.id
  await endOtherSessions(actor, { now: new Date() })
  expect(await Promise.all([other, another].map(reasonOf))).toEqual([
    'logged_out_elsewhere',
    'logged_out_elsewhere',
  ])
  expect(await Promise.all([actor.sessionId, foreign].map(reasonOf))).toEqual([null, null])
  expect(await eventNames()).toEqual(['session_revoked', 'session_revoked'])
})

test('forgets all devices but the acting browser when it ends all other sessions', async () => {
  const remember = async (userId: string) =>
    (await rememberDevice(db(), { userId, signIn: makeSignIn({ transport: 'cookie' }) })).deviceToken
  const [mine, theirs] = [await remember(user.id), await remember(user.id)]
  await rememberDevice(db(), { userId: user.id, signIn: makeSignIn() })
  const other = await createUser()
  const foreign = await remember(other.id)
  await endOtherSessions(actor, { deviceToken: mine!, now: new Date() })
  expect(await findKnownBrowser({ email: user.email, deviceToken: mine!, now: new Date() })).not.toBeNull()
  expect(await findKnownBrowser({ email: user.email, deviceToken: theirs!, now: new Date() })).toBeNull()
  expect(
    await findKnownBrowser({ email: other.email, deviceToken: foreign!, now: new Date() }),
  ).not.toBeNull()
  expect(await db().knownDevice.count({ where: { userId: user.id } })).toBe(1)
  await endOtherSessions(actor, { deviceToken: 'planted', now: new Date() })
  expect(await db().knownDevice.count({ where: { userId: user.id } })).toBe(0)
})

test('leaves at most one session, without a deadlock, when devices log each other out in parallel', async () => {
  const actors = await Promise.all(
    Array.from({ length: 8 }, async () => ({ ...actor, sessionId: (await createSession(user)).session.id })),
  )
  await Promise.all(actors.map((one) => endOtherSessions(one, { now: new Date() })))
  expect(await db().session.count({ where: { revokedAt: null } })).toBeLessThanOrEqual(1)
})
