import { beforeEach, describe, expect, test } from 'vitest'
import type { Operator } from '#lib/actor.ts'
import { listSessions } from '#lib/auth/session/list-sessions.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createOperator, createSession, createUser, makeClient } from '#lib/testing/factories.ts'
import { secondsLater } from '#lib/time.ts'
import { disableAccount } from './disable-account.ts'
import { listUsers } from './list-users.ts'

const NOW = new Date()
let operator: Operator

beforeEach(async () => {
  await emptyTables()
  operator = await createOperator()
})

async function found(search: string): Promise<string[]> {
  const { users } = await listUsers(operator, { search, now: NOW })
  return users.map(({ email }) => email)
}

test('lists accounts newest first, without a secret', async () => {
  const user = await createUser({ email: 'ann@example.com' })
  await createSession(user)
  await createSession(user, { transport: 'cookie' })
  await db().user.update({ where: { id: user.id }, data: { name: 'Ann', lastLoginAt: NOW } })
  const { users, nextCursor } = await listUsers(operator, { now: NOW })
  expect(users[0]).toEqual({
    id: user.id,
    email: 'ann@example.com',
    name: 'Ann',
    role: 'user',
    createdAt: expect.any(Date),
    lastLoginAt: NOW,
    disabledAt: null,
    passwordChangeRequiredAt: null,
    sessionCount: 2,
  })
  expect(users[1]).toMatchObject({ id: operator.userId, role: 'admin', sessionCount: 0 })
  expect([users.length, nextCursor]).toEqual([2, null])
})

test('counts the same sessions that the owner sees as active', async () => {
  const user = await createUser()
  const sessions = await Promise.all([1, 2, 3, 4, 5].map(() => createSession(user)))
  const [revoked, over, idle, usedUp] = sessions.map(({ session }) => session.id)
  await db().session.update({
    where: { id: revoked! },
    data: { revokedAt: NOW, revokedReason: 'logged_out' },
  })
  await db().session.update({ where: { id: over! }, data: { expiresAt: secondsLater(NOW, -1) } })
  const idleEnd = { expiresAt: secondsLater(NOW, -1) }
  await db().refreshToken.updateMany({ where: { sessionId: idle! }, data: idleEnd })
  await db().refreshToken.updateMany({ where: { sessionId: usedUp! }, data: { rotatedAt: NOW } })
  const { users } = await listUsers(operator, { now: NOW })
  const actor = { userId: user.id, sessionId: idle!, role: 'user', client: makeClient() } as const
  expect(await listSessions(actor, new Date())).toHaveLength(1)
  expect(users[0]?.sessionCount).toBe(1)
  await disableAccount(operator, user.id, { now: NOW })
  expect((await listUsers(operator, { now: NOW })).users[0]).toMatchObject({
    sessionCount: 0,
    disabledAt: expect.any(Date),
  })
})

test('pages have no gaps, and the last one has no cursor', async () => {
  for (let i = 0; i < 4; i++) await createUser({ email: `user${i}@example.com` })
  const emails: string[] = []
  let cursor: string | null | undefined
  do {
    const page = await listUsers(operator, {
      limit: 2,
      search: 'user',
      cursor: cursor ?? undefined,
      now: NOW,
    })
    emails.push(...page.users.map(({ email }) => email))
    cursor = page.nextCursor
  } while (cursor)
  expect(emails).toEqual([3, 2, 1, 0].map((i) => `user${i}@example.com`))
})

describe('the search', () => {
  beforeEach(async () => {
    const ann = await createUser({ email: 'ann_b%c@example.com' })
    await db().user.update({ where: { id: ann.id }, data: { name: 'Änne O’Hara 100%' } })
    await createUser({ email: 'bob@example.org' })
  })

  test.each([
    ['ANN_', ['ann_b%c@example.com']],
    ['example.org', ['bob@example.org']],
    ['änne', ['ann_b%c@example.com']],
    ['ÄNNE o’h', ['ann_b%c@example.com']],
    ['%', ['ann_b%c@example.com']],
    ['_', ['ann_b%c@example.com']],
    ['\\', []],
    ["'", []],
    ['b%c', ['ann_b%c@example.com']],
    ['a%c', []],
    ['unknown', []],
    ['\u2066mailto:BOB@example.org\u2069', ['bob@example.org']],
    ['\u200bbob', ['bob@example.org']],
  ])('finds "%s" literally in an e-mail address or a name', async (search, expected) => {
    expect(await found(search)).toEqual(expected)
  })

  test('finds all accounts if it is empty', async () => {
    expect(await found('')).toHaveLength(3)
  })
})
