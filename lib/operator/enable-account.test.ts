import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { logIn } from '#lib/auth/log-in.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import {
  allEvents,
  createOperator,
  createSession,
  createUser,
  eventNames,
  makeSignIn,
  PASSWORD,
} from '#lib/testing/factories.ts'
import { disableAccount } from './disable-account.ts'
import { enableAccount } from './enable-account.ts'

const NOW = new Date()

beforeEach(emptyTables)

test('lets an account log in again, and leaves its old sessions ended', async () => {
  const [operator, user] = [await createOperator(), await createUser()]
  await createSession(user)
  await disableAccount(operator, user.id, { now: new Date() })
  expect(await enableAccount(operator, user.id, { now: new Date() })).toEqual({ ok: true, value: true })
  expect((await allEvents()).at(-1)).toMatchObject({
    eventType: 'account_enabled',
    success: true,
    userId: user.id,
    details: { by: operator.userId },
  })
  expect(await db().session.count({ where: { revokedAt: null } })).toBe(0)
  expect(await logIn({ email: user.email, password: PASSWORD }, makeSignIn())).toMatchObject({ ok: true })
})

test('enabling an enabled account is recorded as unchanged', async () => {
  const [operator, user] = [await createOperator(), await createUser()]
  await createSession(user)
  expect(await enableAccount(operator, user.id, { now: NOW })).toEqual({ ok: true, value: false })
  expect(await allEvents()).toMatchObject([{ details: { unchanged: true } }])
  expect(await db().session.count({ where: { revokedAt: null } })).toBe(1)
})

test('fails for an unknown account', async () => {
  const refused = { ok: false, error: { code: 'USER_NOT_FOUND' } }
  expect(await enableAccount(await createOperator(), randomUUID(), { now: NOW })).toEqual(refused)
  expect(await eventNames()).toEqual([])
})
