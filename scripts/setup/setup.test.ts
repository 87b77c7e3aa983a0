import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { db } from '#lib/db/client.ts'
import { isStrongSecret } from '#lib/env/edge.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { forgetSettings } from './settings.ts'
import { setUp } from './setup.ts'

const NAMES = ['AUDIT_SEAL_SECRET', 'JWT_SECRET', 'PASSWORD_PEPPER']
const REMOTE = `DATABASE_URL=${process.env.DATABASE_URL}\n`

let folder: string
let file: string

// Set-up reads the environment when it is first called; from then on each test speaks through its env file.
await emptyTables()
forgetSettings()
vi.stubEnv('NODE_ENV', 'production')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taskward-setup-'))
  file = join(folder, '.env.local')
  vi.spyOn(console, 'log').mockImplementation(() => {})
})

afterEach(() => rmSync(folder, { recursive: true }))

function secrets() {
  return parseEnv(readFileSync(file, 'utf8'))
}

test('creates three different strong secrets at the first start', async () => {
  expect(await setUp('production', folder)).toMatchObject({ ok: true, value: secrets() })
  expect(Object.keys(secrets()).sort()).toEqual(NAMES)
  expect(new Set(Object.values(secrets())).size).toBe(3)
  expect(Object.values(secrets()).every((secret) => isStrongSecret(secret ?? ''))).toBe(true)
})

test('changes nothing at later starts', async () => {
  await setUp('production', folder)
  const before = readFileSync(file, 'utf8')
  mkdirSync(join(folder, '.data', 'postgres'), { recursive: true })
  expect(await setUp('production', folder)).toMatchObject({ ok: true })
  expect(readFileSync(file, 'utf8')).toBe(before)
})

test('creates one set of secrets in two concurrent first starts', async () => {
  const [one, other] = await Promise.all([setUp('production', folder), setUp('development', folder)])
  expect(one).toEqual(other)
})

test('replaces a lost signing secret and keeps the pepper', async () => {
  await setUp('production', folder)
  const { PASSWORD_PEPPER } = secrets()
  mkdirSync(join(folder, '.data', 'postgres'), { recursive: true })
  writeFileSync(file, `PASSWORD_PEPPER=${PASSWORD_PEPPER}\n`)
  expect(await setUp('production', folder)).toMatchObject({ ok: true })
  expect(secrets()).toMatchObject({ PASSWORD_PEPPER, JWT_SECRET: expect.any(String) })
})

test('creates no pepper if there is an embedded database', async () => {
  mkdirSync(join(folder, '.data', 'postgres'), { recursive: true })
  const result = await setUp('production', folder)
  expect(result).toEqual({
    ok: false,
    error: { code: 'PEPPER_LOST', text: expect.stringMatching(/^PASSWORD_PEPPER is not set, but .*$/) },
  })
})

test('creates no secrets with DATABASE_URL in production', async () => {
  writeFileSync(file, REMOTE)
  const result = await setUp('production', folder)
  expect(result).toEqual({
    ok: false,
    error: { code: 'SECRETS_MISSING', text: expect.stringMatching(/^JWT_SECRET, PASSWORD_PEPPER, .*$/) },
  })
  expect(readFileSync(file, 'utf8')).toBe(REMOTE)
})

test('creates a pepper in development only for a database without passwords', async () => {
  writeFileSync(file, REMOTE)
  expect(await setUp('development', folder)).toMatchObject({ ok: true })

  const password = { create: { hash: 'x', scheme: 1, cost: 4, pepperId: 'lost' } }
  await db().user.create({ data: { email: 'ada@example.org', password } })
  writeFileSync(file, REMOTE)
  const result = await setUp('development', folder)
  expect(result).toEqual({
    ok: false,
    error: { code: 'PEPPER_LOST', text: expect.stringMatching(/^PASSWORD_PEPPER is not set, but .*$/) },
  })
})

test('stops the set-up if the database is unavailable', async () => {
  writeFileSync(file, 'DATABASE_URL=postgresql://unknown@127.0.0.1:1/none\n')
  const result = await setUp('development', folder)
  expect(result).toEqual({
    ok: false,
    error: { code: 'DATABASE_UNREADABLE', text: expect.stringMatching(/cannot be asked/) },
  })
})
