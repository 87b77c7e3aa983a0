import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { record } from '#lib/audit/record.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { makeClient } from '#lib/testing/factories.ts'
import { HOUR_MS } from '#lib/time.ts'
import { db } from './client.ts'

beforeEach(emptyTables)

async function aUser() {
  return db().user.create({ data: { email: `${randomUUID()}@example.org` } })
}

async function aSession(revoked: object = {}) {
  const { id } = await aUser()
  const expiresAt = new Date(Date.now() + HOUR_MS)
  const fixed = { userId: id, transport: 'cookie', signedInWith: 'password', expiresAt } as const
  return db().session.create({ data: { ...fixed, ...revoked } })
}

test.each(['UPDATE auth_events SET success = true', 'DELETE FROM auth_events', 'TRUNCATE auth_events'])(
  'rejects %s, because the audit trail is append-only',
  async (sql) => {
    await record(db(), { type: 'login_failed', client: makeClient(), failureReason: 'wrong_password' })
    await expect(db().$executeRawUnsafe(sql)).rejects.toThrow(/auth_events is append-only: \w+ is refused/)
    expect(await db().authEvent.count({ where: { success: false } })).toBe(1)
  },
)

test('keeps the events of a deleted account', async () => {
  const user = await aUser()
  await record(db(), { type: 'login', client: makeClient(), userId: user.id })
  await db().user.delete({ where: { id: user.id } })
  expect(await db().authEvent.count({ where: { userId: user.id } })).toBe(1)
})

test.each(['Ann@example.org', ' ann@example.org', 'ann@example.org ', ''])(
  'rejects an e-mail address that is not normalised: %j',
  async (email) => {
    await expect(db().user.create({ data: { email } })).rejects.toThrow(/users_email_normalised/)
  },
)

test('accepts an e-mail address outside of ASCII', async () => {
  const { email } = await db().user.create({ data: { email: 'jörg@xn--mnchen-3ya.de' } })
  expect(email).toBe('jörg@xn--mnchen-3ya.de')
})

test('rejects a revoked session without a reason', async () => {
  await expect(aSession({ revokedAt: new Date() })).rejects.toThrow(/sessions_revoked_with_reason/)
  await expect(aSession({ revokedReason: 'logged_out' })).rejects.toThrow(/sessions_revoked_with_reason/)
  await aSession({ revokedAt: new Date(), revokedReason: 'logged_out' })
})

test('a refresh token is stored as a SHA-256, and has a successor only once it was rotated', async () => {
  const { id: sessionId, expiresAt } = await aSession()
  const store = (data: object) =>
    db().refreshToken.create({ data: { sessionId, expiresAt, tokenHash: Buffer.alloc(32), ...data } })
  await expect(store({ tokenHash: Buffer.from('the token itself') })).rejects.toThrow(/hash_is_sha256/)
  await expect(store({ sealedSuccessor: Buffer.alloc(60) })).rejects.toThrow(/successor_only_if_rotated/)
  await store({ sealedSuccessor: Buffer.alloc(60), rotatedAt: new Date() })
})

test('a task has a title of 1 to 500 characters', async () => {
  const { id: userId } = await aUser()
  const add = (title: string) => db().task.create({ data: { userId, title } })
  await expect(add('')).rejects.toThrow(/tasks_title_length/)
  await expect(add('x'.repeat(501))).rejects.toThrow(/tasks_title_length/)
  await add('😀'.repeat(500))
})

test('a task cannot be in a list of another user', async () => {
  const [owner, other] = [await aUser(), await aUser()]
  const times = { createdAt: new Date(), updatedAt: new Date() }
  const list = { id: randomUUID(), userId: owner.id, name: 'Home', position: 'V', version: 1, ...times }
  await db().taskList.create({ data: list })
  const add = (userId: string) => db().task.create({ data: { userId, title: 'x', listId: list.id } })
  await expect(add(other.id)).rejects.toThrow(/tasks_user_id_list_id_fkey/)
  await add(owner.id)
  await expect(db().taskList.delete({ where: { id: list.id } })).rejects.toThrow(/tasks_user_id_list_id_fkey/)
  await db().user.delete({ where: { id: owner.id } })
  expect(await db().taskList.count()).toBe(0)
})

test.each([
  'anything I like',
  '<img src=x>',
  '=HYPERLINK("x")',
  '203.0.113.7, 198.51.100.9',
  'A'.repeat(6000),
  '',
])('what is no address is not stored as one: %.20j', async (ipAddress) => {
  const client = makeClient({ ipAddress })
  await expect(record(db(), { type: 'login', client })).rejects.toThrow(/auth_events_ip_address_form/)
  await expect(aSession({ ipAddress })).rejects.toThrow(/sessions_ip_address_form/)
})
