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

/** What the server needs of the project, with a build that knows of no gate: the manifest is all that Next asks. */
async function copyWithoutGate(): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'taskward-no-gate-'))
  const isOfCache = (path: string) => path.startsWith(join(root, '.next', 'cache'))
  await cp(join(root, '.next'), join(copy, '.next'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !isOfCache(path),
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

test('the gate is really gone', async () => {
  const page = await call('/login', { server: server.url })
  expect(page.status).toBe(200)
  expect(page.headers.get('content-security-policy')).toBeNull()
  expect(page.headers.get('x-request-id')).toBeNull()
})

test.describe('without the gate', () => {
  testIsolation(() => server.url)

  test('what is the operators’ is there for nobody else', async () => {
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
