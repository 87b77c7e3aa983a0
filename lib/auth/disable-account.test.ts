import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client'
import { truncateAll } from '#lib/testing/database'
import { allEvents, createSession, createUser, eventNames, makeClient } from '#lib/testing/factories'
import { disableAccount } from './disable-account'
import { findActor } from './session/find-actor'
import { withAccessToken } from './session/tokens'

const client = makeClient()

beforeEach(truncateAll)

test('ends every session at once, and nobody else', async () => {
  const [user, other] = [await createUser(), await createUser()]
  const sessions = [await createSession(user), await createSession(user, { transport: 'cookie' })]
  const stays = await withAccessToken(await createSession(other))
  expect(await disableAccount(user.id, client)).toBe(true)
  for (const session of sessions) {
    const { access } = await withAccessToken(session)
    expect(await findActor(access.token, client)).toMatchObject({ ok: false })
  }
  expect(await findActor(stays.access.token, client)).toMatchObject({ ok: true })
  expect(await eventNames()).toEqual(['account_disabled', 'session_revoked', 'session_revoked'])
  for (const event of await allEvents()) expect(event.userId).toBe(user.id)
  expect((await allEvents())[1]).toMatchObject({ details: { reason: 'account_disabled' } })
})

test('twice is once, at once too', async () => {
  const user = await createUser()
  const answers = await Promise.all([1, 2, 3].map(() => disableAccount(user.id, client)))
  expect(answers.sort()).toEqual([false, false, true])
  expect(await eventNames()).toEqual(['account_disabled'])
})

test('an unknown account is none', async () => {
  expect(await disableAccount(randomUUID(), client)).toBe(false)
  expect(await eventNames()).toEqual([])
})

test('a session that was over before keeps its reason', async () => {
  const user = await createUser()
  const { session } = await createSession(user)
  const data = { revokedAt: new Date(), revokedReason: 'logged_out' } as const
  await db().session.update({ where: { id: session.id }, data })
  await disableAccount(user.id, client)
  expect(await db().session.findUnique({ where: { id: session.id } })).toMatchObject(data)
})
