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

test('the first start makes three different strong secrets', async () => {
  expect(await setUp('production', folder)).toMatchObject({ ok: true, value: secrets() })
  expect(Object.keys(secrets()).sort()).toEqual(NAMES)
  expect(new Set(Object.values(secrets())).size).toBe(3)
  expect(Object.values(secrets()).every((secret) => isStrongSecret(secret ?? ''))).toBe(true)
})

test('later starts change nothing', async () => {
  await setUp('production', folder)
  const before = readFileSync(file, 'utf8')
  mkdirSync(join(folder, '.data', 'postgres'), { recursive: true })
  expect(await setUp('production', folder)).toMatchObject({ ok: true })
  expect(readFileSync(file, 'utf8')).toBe(before)
})

test('two first starts at once agree on the secrets', async () => {
  const [one, other] = await Promise.all([setUp('production', folder), setUp('development', folder)])
  expect(one).toEqual(other)
})

test('a lost signing secret is made anew, the pepper is kept', async () => {
  await setUp('production', folder)
  const { PASSWORD_PEPPER } = secrets()
  mkdirSync(join(folder, '.data', 'postgres'), { recursive: true })
  writeFileSync(file, `PASSWORD_PEPPER=${PASSWORD_PEPPER}\n`)
  expect(await setUp('production', folder)).toMatchObject({ ok: true })
  expect(secrets()).toMatchObject({ PASSWORD_PEPPER, JWT_SECRET: expect.any(String) })
})

test('no new pepper is made beside an embedded database', async () => {
  mkdirSync(join(folder, '.data', 'postgres'), { recursive: true })
  const result = await setUp('production', folder)
  expect(result).toEqual({ ok: false, error: expect.stringMatching(/^PASSWORD_PEPPER is not set, but .*$/) })
})

test('with DATABASE_URL in production nothing is made up', async () => {
  writeFileSync(file, REMOTE)
  const result = await setUp('production', folder)
  expect(result).toEqual({ ok: false, error: expect.stringMatching(/^JWT_SECRET, PASSWORD_PEPPER, .*$/) })
  expect(readFileSync(file, 'utf8')).toBe(REMOTE)
})

test('in development a pepper is made for a database without passwords, but never for one with passwords', async () => {
  writeFileSync(file, REMOTE)
  expect(await setUp('development', folder)).toMatchObject({ ok: true })

  const password = { create: { hash: 'x', scheme: 1, cost: 4, pepperId: 'lost' } }
  await db().user.create({ data: { email: 'ada@example.org', password } })
  writeFileSync(file, REMOTE)
  const result = await setUp('development', folder)
  expect(result).toEqual({ ok: false, error: expect.stringMatching(/^PASSWORD_PEPPER is not set, but .*$/) })
})

test('a database that cannot be asked stops the set-up', async () => {
  writeFileSync(file, 'DATABASE_URL=postgresql://nobody@127.0.0.1:1/none\n')
  const result = await setUp('development', folder)
  expect(result).toEqual({ ok: false, error: expect.stringMatching(/cannot be asked/) })
})
