import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
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
import { findKnownBrowser } from './find-known-device.ts'
import { rememberDevice } from './remember-device.ts'
import { reportUnrecognisedEvent } from './report-unrecognised-event.ts'
import { lockUser } from './session/lock-user.ts'

const NOT_FOUND = { ok: false, error: { code: 'EVENT_NOT_FOUND' } }
const DONE = { ok: true, value: null }
const client = makeClient()
let user: TestUser
let actor: Actor
let eventId: string

beforeEach(async () => {
  await emptyTables()
  user = await createUser()
  const here = await createSession(user)
  actor = { userId: user.id, sessionId: here.session.id, role: 'user', client }
  eventId = await putFailure(user.id)
})

async function putFailure(userId: string): Promise<string> {
  await record(db(), { type: 'login_failed', client, userId, failureReason: 'wrong_password' })
  const { id } = await db().authEvent.findFirstOrThrow({ where: { userId }, orderBy: { id: 'desc' } })
  return id
}

function report(id: string) {
  return reportUnrecognisedEvent(actor, { eventId: id, now: new Date() })
}

function openSessions() {
  return db().session.findMany({ where: { revokedAt: null }, orderBy: { id: 'asc' } })
}

test.each([(id: string) => id, (id: string) => id.toUpperCase()])(
  'ends every other session of the account and records the reported event (%o)',
  async (spell) => {
    const others = [await createSession(user), await createSession(user)]
    const foreign = await createSession(await createUser())
    expect(await report(spell(eventId))).toEqual(DONE)
    expect((await openSessions()).map(({ id }) => id)).toEqual([actor.sessionId, foreign.session.id])
    const [, disowned, ...revoked] = await allEvents()
    expect(disowned).toMatchObject({
      eventType: 'event_disowned',
      success: true,
      userId: user.id,
      sessionId: actor.sessionId,
      requestId: client.requestId,
      details: { event_id: eventId },
    })
    expect(revoked.map(({ sessionId }) => sessionId)).toEqual(others.map(({ session }) => session.id))
    expect(revoked).toMatchObject(
      others.map(() => ({
        eventType: 'session_revoked',
        details: { reason: 'logged_out_elsewhere', by_session: actor.sessionId },
      })),
    )
  },
)

test('forgets all devices but the acting browser', async () => {
  const signIn = makeSignIn({ transport: 'cookie' })
  const { deviceToken: mine } = await rememberDevice(db(), { userId: user.id, signIn })
  await rememberDevice(db(), { userId: user.id, signIn })
  await reportUnrecognisedEvent(actor, { eventId, deviceToken: mine!, now: new Date() })
  expect(await findKnownBrowser({ email: user.email, deviceToken: mine!, now: new Date() })).not.toBeNull()
  expect(await db().knownDevice.count()).toBe(1)
})

test('records a second report of one event once, but ends the sessions started in between', async () => {
  await report(eventId)
  await createSession(user)
  expect(await report(eventId)).toEqual(DONE)
  expect(await openSessions()).toHaveLength(1)
  expect(await eventNames()).toEqual(['login_failed wrong_password', 'event_disowned', 'session_revoked'])
})

test('records reports of two events separately', async () => {
  await report(eventId)
  await report(await putFailure(user.id))
  expect((await eventNames()).filter((name) => name === 'event_disowned')).toHaveLength(2)
})

test('records parallel reports of one event once, under the account’s lock', async () => {
  await createSession(user)
  let reports: Promise<unknown>[] = []
  await db().$transaction(async (tx) => {
    await lockUser(tx, user.id)
    reports = Array.from({ length: 4 }, () => report(eventId))
    await expect.poll(countWaiting, { timeout: 4000 }).toBe(4)
  })
  expect(await Promise.all(reports)).toEqual(Array(4).fill(DONE))
  expect(await eventNames()).toEqual(['login_failed wrong_password', 'event_disowned', 'session_revoked'])
})

async function countWaiting(): Promise<number> {
  const waiting = await db().$queryRaw<unknown[]>`
    SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return waiting.length
}

test('returns EVENT_NOT_FOUND for another account’s event, and records the attempt', async () => {
  await createSession(user)
  const foreign = await putFailure(randomUUID())
  expect(await report(foreign)).toEqual(NOT_FOUND)
  expect(await openSessions()).toHaveLength(2)
  expect((await allEvents()).at(-1)).toMatchObject({
    eventType: 'access_denied',
    failureReason: 'foreign_event',
    userId: user.id,
    details: { event_id: foreign },
  })
})

test('returns EVENT_NOT_FOUND for an event without an account', async () => {
  await record(db(), {
    type: 'login_failed',
    client,
    failureReason: 'unknown_account',
    email: 'x@example.com',
  })
  const { id } = await db().authEvent.findFirstOrThrow({ where: { userId: null } })
  expect(await report(id)).toEqual(NOT_FOUND)
})

test.each([randomUUID(), '', 'x', `${randomUUID()}'`])(
  'returns EVENT_NOT_FOUND for the unknown id %j',
  async (id) => {
    await createSession(user)
    expect(await report(id)).toEqual(NOT_FOUND)
    expect(await openSessions()).toHaveLength(2)
    expect(await eventNames()).toEqual(['login_failed wrong_password'])
  },
)
