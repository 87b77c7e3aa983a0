import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createUser } from '#lib/testing/factories.ts'
import { recordEvents, sealAll } from '#lib/testing/seal-world.ts'
import { bundleCommands } from './bundle-commands.ts'
import { root } from './root.ts'

/** What the commands find in a standalone folder at run time (`outputFileTracingIncludes` in next.config.ts). */
const FOUND_AT_RUN_TIME = ['prisma', 'node_modules/@prisma/schema-engine-wasm']
const SETTINGS = ['DATABASE_URL', 'JWT_SECRET', 'PASSWORD_PEPPER', 'AUDIT_SEAL_SECRET']

let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'taskward-standalone-'))
  await mkdir(join(folder, 'node_modules', '@prisma'), { recursive: true })
  for (const name of FOUND_AT_RUN_TIME) symlinkSync(join(root, name), join(folder, name))
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const settings = SETTINGS.map((name) => `${name}=${process.env[name]}\n`)
  writeFileSync(join(folder, '.env.local'), settings.join(''))
  await bundleCommands(folder)
})

afterAll(() => rmSync(folder, { recursive: true }))
beforeEach(emptyTables)

/** Runs a command of the folder from another folder, with the settings of its own folder alone. */
function run(file: string, ...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, file), ...words], {
    cwd: tmpdir(),
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production' },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

test('makes an administrator from a standalone folder', async () => {
  const { id, email } = await createUser()
  expect(run('admin.js', 'promote', email)).toEqual({
    status: 0,
    stdout: 'Is an administrator now.\n',
    stderr: '',
  })
  expect(await db().user.findUnique({ where: { id } })).toMatchObject({ role: 'admin' })
})

test('verifies the audit trail from a standalone folder', async () => {
  await recordEvents(3)
  await sealAll()
  const { status, stdout } = run('audit-verify.js')
  expect([status, stdout]).toEqual([0, expect.stringContaining('Unchanged: 3 events in 1 seal.')])
})

test('names the call that works in a standalone folder, where there is no npm', () => {
  expect(run('admin.js')).toMatchObject({ status: 1, stderr: expect.stringMatching(/^Use: node admin\.js /) })
  expect(run('audit-verify.js', '--head', 'x')).toMatchObject({
    status: 2,
    stderr: expect.stringMatching(/^Usage: node audit-verify\.js /),
  })
})
