import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { changePassword } from '#lib/auth/change-password.ts'
import { issueAccessToken } from '#lib/auth/issue-access-token.ts'
import { logOut } from '#lib/auth/log-out.ts'
import { SESSION_BATCH_SIZE } from '#lib/auth/policy.ts'
import { db } from '#lib/db/client.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { endAllSessions } from '#lib/operator/end-all-sessions.ts'
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
import { insertSessions } from '#lib/testing/insert-sessions.ts'
import { secondsLater } from '#lib/time.ts'
import { authenticate } from './authenticate.ts'
import { backfillRevocations } from './backfill-revocations.ts'
import { deleteEndedSessions } from './delete-ended-sessions.ts'
import { endOtherSessions } from './end-session.ts'
import { getLogOutReason } from './get-log-out-reason.ts'
import { listSessions } from './list-sessions.ts'
import { lockUser } from './lock-user.ts'
import { revokeOtherSessions } from './revoke-all-sessions.ts'
import { rotateRefreshToken } from './rotate-refresh-token.ts'

const MANY = SESSION_BATCH_SIZE + 50
const OVER = { ok: false, error: { reason: 'session_revoked' } }
const client = makeClient()
const NEW_PASSWORD = 'eight loud herons at dawn'

let user: TestUser
let here: Awaited<ReturnType<typeof createSession>>
let actor: Actor

beforeEach(async () => {
  await emptyTables()
  user = await createUser()
  here = await createSession(user)
  actor = actorOn(here.session.id)
  await insertSessions(user, MANY)
})

function actorOn(sessionId: string): Actor {
  return { userId: user.id, sessionId, role: 'user', client }
}

/** A session that has ended by its epoch alone. Its refresh token is its id. */
async function unmarked(): Promise<string> {
  const { sessionEpoch } = await db().user.findUniqueOrThrow({ where: { id: user.id } })
  const where = { userId: user.id, revokedAt: null, epoch: { lt: sessionEpoch } }
  return (await db().session.findFirstOrThrow({ where })).id
}

async function isOpen(sessionId: string): Promise<boolean> {
  const sessionExpiresAt = secondsLater(new Date(), 3600)
  const { token } = await issueAccessToken(
    {
      userId: user.id,
      email: user.email,
      sessionId,
      sessionExpiresAt,
    },
    new Date(),
  )
  return (await authenticate(token, { client, now: new Date() })).ok
}

function rotate(token: string) {
  return rotateRefreshToken(token, { client, transport: 'bearer' })
}

function markAll() {
  return db().$transaction((tx) => backfillRevocations(tx, 1000))
}

describe('a session that ended with more than one batch', () => {
  beforeEach(() => endOtherSessions(actor, { now: new Date() }))

  test('is refused by its access token and by its refresh token', async () => {
    const id = await unmarked()
    expect(await isOpen(id)).toBe(false)
    expect(await rotate(id)).toMatchObject(OVER)
  })

  test('has its reason before and after the backfill', async () => {
    const id = await unmarked()
    expect(await getLogOutReason(id, new Date())).toBe('logged_out_elsewhere')
    await markAll()
    expect(await getLogOutReason(id, new Date())).toBe('logged_out_elsewhere')
  })

  test('keeps its first reason, without a second event, when it is logged out later', async () => {
    const id = await unmarked()
    const events = await eventNames()
    await logOut(id, { client, now: new Date() })
    await changePassword(actor, {
      currentPassword: PASSWORD,
      newPassword: NEW_PASSWORD,
      signIn: makeSignIn(),
    })
    await endAllSessions(COMMAND_LINE, user.id, { now: new Date() })
    expect(await getLogOutReason(id, new Date())).toBe('logged_out_elsewhere')
    expect(await eventNames()).toEqual([...events, 'session_revoked', 'password_changed', 'session_revoked'])
    await markAll()
    expect(await getLogOutReason(id, new Date())).toBe('logged_out_elsewhere')
  })

  test('is not listed', async () => {
    expect(await listSessions(actor, new Date())).toMatchObject([{ id: here.session.id, isCurrent: true }])
  })

  test('stays ended when it ends all others in a request that began before', async () => {
    const id = await unmarked()
    await insertSessions(user, MANY)
    await db().session.updateMany({ where: { id: { not: id }, revokedAt: null }, data: { epoch: 1 } })
    await endOtherSessions(actorOn(id), { now: new Date() })
    expect(await isOpen(id)).toBe(false)
    expect(await isOpen(here.session.id)).toBe(false)
    expect(await getLogOutReason(id, new Date())).toBe('logged_out_elsewhere')
  })

  test('gets the time of its end by the backfill, and is deleted 30 days later', async () => {
    const [ending] = await db().sessionEnding.findMany()
    expect(await markAll()).toBe(MANY - SESSION_BATCH_SIZE)
    expect(await db().sessionEnding.count()).toBe(0)
    const marked = { revokedAt: ending!.endedAt, revokedReason: 'logged_out_elsewhere' } as const
    expect(await db().session.count({ where: marked })).toBe(MANY)
    const deleteAt = (days: number) =>
      db().$transaction((tx) => deleteEndedSessions(tx, 1000, secondsLater(ending!.endedAt, days * 86_400)))
    expect(await deleteAt(29.9)).toBe(0)
    expect(await deleteAt(30.1)).toBe(MANY)
  })
})

test('keeps the acting session open through several endings of all others', async () => {
  await endOtherSessions(actor, { now: new Date() })
  const other = await createSession(user)
  await insertSessions(user, MANY)
  await db().session.updateMany({ where: { epoch: 0, revokedAt: null }, data: { epoch: 1 } })
  await endOtherSessions(actor, { now: new Date() })
  expect(await isOpen(here.session.id)).toBe(true)
  expect(await isOpen(other.session.id)).toBe(false)
  expect(await rotate(here.refresh.token)).toMatchObject({ ok: true })
  expect(await isOpen((await createSession(user)).session.id)).toBe(true)
})

test('records an event for each of 200 sessions, and one for the rest', async () => {
  await endOtherSessions(actor, { now: new Date() })
  const events = await allEvents()
  expect(events).toHaveLength(SESSION_BATCH_SIZE + 1)
  const details = { reason: 'logged_out_elsewhere', by_session: here.session.id }
  expect(events[0]).toMatchObject({ eventType: 'session_revoked', sessionId: expect.any(String), details })
  const more = { sessionId: null, details: { ...details, more_than: SESSION_BATCH_SIZE } }
  expect(events.at(-1)).toMatchObject({ eventType: 'session_revoked', userId: user.id, ...more })
})

test('leaves a locked row and its reason to the next round of housekeeping', async () => {
  await endOtherSessions(actor, { now: new Date() })
  const id = await unmarked()
  await db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM sessions WHERE id = ${id}::uuid FOR UPDATE`
    await markAll()
    expect(await getLogOutReason(id, new Date())).toBe('logged_out_elsewhere')
  })
  expect(await markAll()).toBe(1)
  expect(await db().sessionEnding.count()).toBe(0)
})

describe('the acting session, while it ends all others,', () => {
  /** Runs something that has to wait for the ending to commit. */
  async function meanwhile<T>(run: () => Promise<T>): Promise<T> {
    let waiting: Promise<T> | undefined
    await db().$transaction(async (tx) => {
      await lockUser(tx, user.id)
      await revokeOtherSessions(tx, { actor, deviceToken: undefined, now: new Date() })
      waiting = run()
      await expect.poll(countWaiting, { timeout: 4000 }).toBe(1)
    })
    return waiting!
  }

  async function countWaiting(): Promise<number> {
    const waiting = await db().$queryRaw<unknown[]>`
      SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    return waiting.length
  }

  test('can be renewed', async () => {
    expect(await meanwhile(() => rotate(here.refresh.token))).toMatchObject({ ok: true })
  })

  test('can be logged out', async () => {
    await meanwhile(() => logOut(here.session.id, { client, now: new Date() }))
    expect(await isOpen(here.session.id)).toBe(false)
    expect(await getLogOutReason(here.refresh.token, new Date())).toBe('logged_out')
  })
})
