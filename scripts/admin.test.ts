import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { beforeEach, describe, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { clusterFiles } from '#lib/db/embedded/cluster.ts'
import { endLease, runningEmbeddedUrl, startEmbedded } from '#lib/db/embedded/embedded.ts'
import { readPostmaster } from '#lib/db/embedded/postmaster.ts'
import { stopServer } from '#lib/db/embedded/server.ts'
import { blockNetwork } from '#lib/operator/block-network.ts'
import { COMMAND_LINE } from '#lib/operator/command-line.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, createActor, createSession, createUser, eventNames } from '#lib/testing/factories.ts'
import { insertSessions } from '#lib/testing/insert-sessions.ts'

type Own = { folder?: string; settings?: Record<string, string> }

/** Runs the command as npm does, with this test's database unless `settings` has another. */
async function admin(words: string[], { folder = process.cwd(), settings = {} }: Own = {}) {
  const child = spawn(process.execPath, [resolve('scripts/admin.ts'), ...words], {
    cwd: folder,
    env: { ...process.env, NODE_ENV: 'production', BCRYPT_COST: '', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'exit')
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = await ended
  return { code, output, errors }
}

const done = (output: string) => ({ code: 0, output: `${output}\n`, errors: '' })
const refused = (errors: string) => ({ code: 1, output: '', errors: `${errors}\n` })

beforeEach(emptyTables)

test('promotes the first administrator by an e-mail in any spelling, and records an event', async () => {
  const user = await createUser({ email: 'ann@example.com' })
  expect(await admin(['promote', ' Ann@EXAMPLE.com '])).toEqual(done('Is an administrator now.'))
  expect(await db().user.findUnique({ where: { id: user.id } })).toMatchObject({ role: 'admin' })
  expect(await allEvents()).toMatchObject([
    {
      eventType: 'role_changed',
      userId: user.id,
      ipAddress: null,
      details: { role: 'admin', by: 'command line' },
    },
  ])
  expect(await admin(['promote', 'ann@example.com'])).toEqual(done('Was already an administrator.'))
  expect(await eventNames()).toEqual(['role_changed', 'role_changed'])
})

test('disables and enables an account', async () => {
  const user = await createUser()
  await createSession(user)
  expect(await admin(['disable', user.email])).toEqual(done('Is disabled now, and logged out everywhere.'))
  expect(await db().session.count({ where: { revokedAt: null } })).toBe(0)
  expect(await admin(['enable', user.email])).toEqual(done('Can log in again.'))
  expect((await eventNames()).sort()).toEqual(['account_disabled', 'account_enabled', 'session_revoked'])
})

test('lists and ends active sessions, and records an event for each', async () => {
  const user = await createUser()
  const { session } = await createSession(user)
  const { lastSeenAt } = await db().session.findUniqueOrThrow({ where: { id: session.id } })
  const line = `${lastSeenAt.toISOString()}  203.0.113.9  vitest`
  expect(await admin(['sessions', user.email])).toEqual(done(`Last seen, address, device:\n${line}`))
  expect(await admin(['revoke', user.email])).toEqual(done('Ended sessions: 1.'))
  expect(await admin(['sessions', user.email])).toEqual(done('Has no active session.'))
  expect(await eventNames()).toEqual(['sessions_listed', 'session_revoked', 'sessions_listed'])
})

test('lists the last 200 of more sessions, and ends all', async () => {
  const user = await createUser()
  await insertSessions(user, 201)
  const first = 'Last seen, address, device (the last 200, there are more):'
  expect((await admin(['sessions', user.email])).output).toContain(first)
  expect(await admin(['revoke', user.email])).toEqual(done('Ended sessions: more than 200.'))
  expect(await admin(['sessions', user.email])).toEqual(done('Has no active session.'))
})

test('does not demote the last administrator', async () => {
  const { userId } = await createActor('admin')
  const { email } = await db().user.findUniqueOrThrow({ where: { id: userId } })
  const text = 'This is the last administrator who can log in. Make someone else an administrator first.'
  for (const command of ['demote', 'disable']) expect(await admin([command, email])).toEqual(refused(text))
  expect(await eventNames()).toEqual(['role_changed last_admin', 'account_disabled last_admin'])
})

test('unblocks an address', async () => {
  await blockNetwork(COMMAND_LINE, '198.51.100.7', { seconds: 60, now: new Date() })
  expect(await admin(['unblock', '198.51.100.7'])).toEqual(done('Is no longer blocked.'))
  expect(await admin(['unblock', '198.51.100.7'])).toEqual(
    refused('Nothing was done: this address is not blocked.'),
  )
})

test('prints one line and exits with 1 for an unknown command', async () => {
  const use =
    'Use: npm run admin -- promote|demote|disable|enable|delete|revoke|sessions|unblock <email> (unblock: <address>).'
  for (const words of [
    [],
    ['promote'],
    ['constructor', 'a@example.com'],
    ['promote', 'a@example.com', 'b'],
  ]) {
    expect(await admin(words)).toEqual(refused(use))
  }
  expect(await eventNames()).toEqual([])
})

test('names an unknown account in its output and in an event', async () => {
  const commands = ['disable', 'enable', 'promote', 'revoke', 'sessions']
  for (const command of commands) {
    const text = 'There is no account with the email address nobody@example.com.'
    expect(await admin([command, 'nobody@example.com'])).toEqual(refused(text))
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

test('prints one line for an unavailable database and for a missing secret', async () => {
  const settings = { DATABASE_URL: 'postgresql://unknown:secret@127.0.0.1:1/nothing' }
  const unavailable = await admin(['enable', 'a@example.com'], { settings })
  expect(unavailable).toEqual(
    refused('The database is unavailable (DatabaseNotReachable): nothing was done.'),
  )
  const folder = await mkdtemp(join(tmpdir(), 'taskward-admin-'))
  const withoutSecret = await admin(['enable', 'a@example.com'], {
    folder,
    settings: { AUDIT_SEAL_SECRET: '' },
  })
  expect(withoutSecret).toMatchObject({ code: 1, errors: expect.stringMatching(/^AUDIT_SEAL_SECRET .*\n$/) })
  await rm(folder, { recursive: true })
})

describe('with the embedded database', () => {
  const settings = { DATABASE_URL: '' }
  let folder: string
  let cluster: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'taskward-admin-'))
    for (const name of ['prisma', 'node_modules']) await symlink(resolve(name), join(folder, name))
    cluster = join(folder, '.data', 'postgres')
    return async () => {
      await endLease(cluster)
      await stopServer(cluster)
      await rm(folder, { recursive: true, force: true })
    }
  })

  test('starts and stops it, but leaves a server running that others use', async () => {
    const unknown = refused('There is no account with the email address a@example.com.')
    await startEmbedded({ folder: cluster, settings: { fsync: 'off' } })
    expect(await admin(['promote', 'a@example.com'], { folder, settings })).toEqual(unknown)
    expect(runningEmbeddedUrl({ folder: cluster })).not.toBeNull()
    await endLease(cluster)
    await stopServer(cluster)
    expect(await admin(['promote', 'a@example.com'], { folder, settings })).toEqual(unknown)
    expect(readPostmaster(clusterFiles(cluster).data)).toBeNull()
  })
})
