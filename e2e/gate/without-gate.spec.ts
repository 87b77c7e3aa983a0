import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { root } from '../../scripts/setup/root.ts'
import { ADMIN_API, ADMIN_PAGES } from '../support/admin-paths.ts'
import { call, expectError, signUp } from '../support/api.ts'
import { testIsolation } from '../support/isolation.ts'
import { HIGH_LIMITS } from '../support/run.ts'
import type { RunningServer } from '../support/server.ts'
import { startServerUnchecked } from '../support/server.ts'

// In order, in one worker: one server for the whole file.
test.describe.configure({ mode: 'default' })

let folder: string
let server: RunningServer

/** Copies what the server needs, with an empty middleware manifest: Next.js then runs no gate. */
async function copyWithoutGate(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'taskward-no-gate-'))
  const isCached = (path: string) => path.startsWith(join(root, '.next', 'cache'))
  await cp(join(root, '.next'), join(copy, '.next'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !isCached(path),
  })
  for (const name of ['package.json', 'next.config.ts', 'scripts/setup/fingerprint.ts', 'prisma']) {
    await cp(join(root, name), join(copy, name), { recursive: true })
  }
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'))
  const none = { version: 3, middleware: {}, sortedMiddleware: [], functions: {} }
  await writeFile(join(copy, '.next/server/middleware-manifest.json'), JSON.stringify(none))
  return copy
}

test.beforeAll(async () => {
  folder = await copyWithoutGate()
  server = await startServerUnchecked(HIGH_LIMITS, folder)
})

test.afterAll(async () => {
  await server?.stop()
  if (folder) await rm(folder, { recursive: true, force: true })
})

test('a build without the middleware sends no headers of the gate', async () => {
  const page = await call('/login', { server: server.url })
  expect(page.status).toBe(200)
  expect(page.headers.get('content-security-policy')).toBeNull()
  expect(page.headers.get('x-request-id')).toBeNull()
})

test.describe('without the gate', () => {
  testIsolation(() => server.url)

  test('hides the administration from signed-out visitors and ordinary users', async () => {
    const { token } = await signUp({ server: server.url })
    const cookie = `taskward.access=${token}`
    for (const path of ADMIN_API) {
      for (const method of ['GET', 'POST', 'PATCH', 'DELETE']) {
        expectError(await call(path, { server: server.url, method }), 401, 'UNAUTHORIZED')
        expectError(await call(path, { server: server.url, method, token }), 404, 'NOT_FOUND')
      }
    }
    for (const path of ADMIN_PAGES.filter((page) => page !== '/admin/nothing')) {
      const answer = await call(path, { server: server.url })
      expect([answer.status, answer.headers.get('location')], path).toEqual([
        307,
        `/login?next=${encodeURIComponent(path)}`,
      ])
      expect((await call(path, { server: server.url, cookie })).status, path).toBe(404)
    }
  })
})
