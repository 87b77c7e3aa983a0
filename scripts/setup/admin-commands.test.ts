import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { blockNetwork } from '#lib/operator/block-network.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, createActor, createSession, createUser, eventNames } from '#lib/testing/factories.ts'
import { insertSessions } from '#lib/testing/insert-sessions.ts'
import { runAdminCommand } from './admin-commands.ts'

const admin = (name: string, subject: string) => runAdminCommand(COMMAND_LINE, name, subject)

const done = (text: unknown) => ({ ok: true, value: text })
const refused = (text: string) => ({ ok: false, error: expect.objectContaining({ text }) })

beforeEach(emptyTables)

test('promotes the first administrator by an e-mail in any spelling, and records an event', async () => {
  const user = await createUser({ email: 'ann@example.com' })
  expect(await admin('promote', ' Ann@EXAMPLE.com ')).toEqual(done('Is an administrator now.'))
  expect(await db().user.findUnique({ where: { id: user.id } })).toMatchObject({ role: 'admin' })
  expect(await allEvents()).toMatchObject([
    {
      eventType: 'role_changed',
      userId: user.id,
      ipAddress: null,
      details: { role: 'admin', by: 'command line' },
    },
  ])
  expect(await admin('promote', 'ann@example.com')).toEqual(done('Was already an administrator.'))
  expect(await eventNames()).toEqual(['role_changed', 'role_changed'])
})

test('disables and enables an account', async () => {
  const user = await createUser()
  await createSession(user)
  expect(await admin('disable', user.email)).toEqual(done('Is disabled now, and logged out everywhere.'))
  expect(await db().session.count({ where: { revokedAt: null } })).toBe(0)
  expect(await admin('enable', user.email)).toEqual(done('Can log in again.'))
  expect((await eventNames()).sort()).toEqual(['account_disabled', 'account_enabled', 'session_revoked'])
})

test('lists and ends active sessions, and records an event for each', async () => {
  const user = await createUser()
  const { session } = await createSession(user)
  const { lastSeenAt } = await db().session.findUniqueOrThrow({ where: { id: session.id } })
  const line = `${lastSeenAt.toISOString()}  203.0.113.9  vitest`
  expect(await admin('sessions', user.email)).toEqual(done(`Last seen, address, device:\n${line}`))
  expect(await admin('revoke', user.email)).toEqual(done('Ended sessions: 1.'))
  expect(await admin('sessions', user.email)).toEqual(done('Has no active session.'))
  expect(await eventNames()).toEqual(['sessions_listed', 'session_revoked', 'sessions_listed'])
})

test('lists the last 200 of more sessions, and ends all', async () => {
  const user = await createUser()
  await insertSessions(user, 201)
  const first = 'Last seen, address, device (the last 200, there are more):'
  expect(await admin('sessions', user.email)).toEqual(done(expect.stringContaining(first)))
  expect(await admin('revoke', user.email)).toEqual(done('Ended sessions: more than 200.'))
  expect(await admin('sessions', user.email)).toEqual(done('Has no active session.'))
})

test('does not demote the last administrator', async () => {
  const { userId } = await createActor('admin')
  const { email } = await db().user.findUniqueOrThrow({ where: { id: userId } })
  const text = 'This is the last administrator who can log in. Make someone else an administrator first.'
  for (const command of ['demote', 'disable']) expect(await admin(command, email)).toEqual(refused(text))
  expect(await eventNames()).toEqual(['role_changed last_admin', 'account_disabled last_admin'])
})

test('unblocks an address', async () => {
  await blockNetwork(COMMAND_LINE, '198.51.100.7', { seconds: 60, now: new Date() })
  expect(await admin('unblock', '198.51.100.7')).toEqual(done('Is no longer blocked.'))
  expect(await admin('unblock', '198.51.100.7')).toEqual(
    refused('Nothing was done: this address is not blocked.'),
  )
})

test('names an unknown account in its answer and in an event', async () => {
  const commands = ['disable', 'enable', 'promote', 'revoke', 'sessions']
  for (const command of commands) {
    const text = 'There is no account with the email address nobody@example.com.'
    expect(await admin(command, 'nobody@example.com')).toEqual(refused(text))
  }
  const types = ['account_disabled', 'account_enabled', 'role_changed', 'session_revoked', 'sessions_listed']
  expect(await allEvents()).toMatchObject(
    types.map((eventType) => ({
      eventType,
      success: false,
      failureReason: 'unknown_account',
      email: 'nobody@example.com',
      userId: null,
      details: { by: 'command line' },
    })),
  )
})
