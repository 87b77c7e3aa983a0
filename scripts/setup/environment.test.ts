import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { connectDirectly, readEnvironment } from './environment.ts'

// Under test Next.js reads no .env.local.
vi.stubEnv('NODE_ENV', 'production')

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taskward-environment-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('reads .env.local', () => {
  writeFileSync(join(folder, '.env.local'), 'TASKWARD_TEST_OF_FILES=x\n')
  expect(readEnvironment('production', folder)).toMatchObject({ TASKWARD_TEST_OF_FILES: 'x' })
})

test('fails with the name of an unreadable file instead of skipping it', () => {
  // For root, too, who may read everything else.
  symlinkSync('.env.local', join(folder, '.env.local'))
  expect(() => readEnvironment('production', folder)).toThrow(
    /^Failed to load env from \.env\.local \(ELOOP\): /,
  )
})

test('bypasses the pooler for a command', () => {
  vi.stubEnv('DATABASE_URL', 'postgresql://pooler/taskward')
  vi.stubEnv('DATABASE_DIRECT_URL', 'postgresql://db/taskward')
  connectDirectly()
  expect([process.env.DATABASE_URL, process.env.DATABASE_DIRECT_URL]).toEqual([
    'postgresql://db/taskward',
    undefined,
  ])
  connectDirectly()
  expect(process.env.DATABASE_URL).toBe('postgresql://db/taskward')
})
