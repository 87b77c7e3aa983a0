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
import { emptyTables } from '#lib/testing/database.ts'
import { createUser, eventNames } from '#lib/testing/factories.ts'

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

test('carries out a command, and records an event', async () => {
  const user = await createUser({ email: 'ann@example.com' })
  expect(await admin(['promote', ' Ann@EXAMPLE.com '])).toEqual(done('Is an administrator now.'))
  expect(await db().user.findUnique({ where: { id: user.id } })).toMatchObject({ role: 'admin' })
  expect(await eventNames()).toEqual(['role_changed'])
})

test('prints one line and exits with 1 for an unknown command', async () => {
  const use =
    'Use: npm run admin -- promote|demote|disable|enable|delete|revoke|sessions|unblock <email> (unblock: <address>).'
  const unknown = [[], ['promote'], ['constructor', 'a@example.com'], ['promote', 'a@example.com', 'b']]
  const answers = await Promise.all(unknown.map((words) => admin(words)))
  expect(answers).toEqual(unknown.map(() => refused(use)))
  expect(await eventNames()).toEqual([])
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
