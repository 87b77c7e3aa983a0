import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { buildFingerprint } from './fingerprint.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taskward-fingerprint-'))
  write('app/page.tsx', 'export default function Page() {}')
  write('package-lock.json', '{}')
})

afterEach(() => rmSync(folder, { recursive: true }))

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true })
  writeFileSync(join(folder, file), text)
}

test('the same sources have the same fingerprint, wherever they are and whenever they were written', () => {
  const before = buildFingerprint(folder)
  write('app/page.tsx', 'export default function Page() {}')
  expect(buildFingerprint(folder)).toBe(before)
})

test.each([
  ['a changed page', 'app/page.tsx'],
  ['a new module', 'lib/auth/log-in.ts'],
  ['a file of another kind', 'lib/auth/password/common-passwords.txt'],
  ['a changed lock file', 'package-lock.json'],
  ['a changed setting', 'next.config.ts'],
  ['the gate', 'middleware.ts'],
  ['the schema', 'prisma/schema.prisma'],
])('%s asks for a new build', (_, file) => {
  const before = buildFingerprint(folder)
  write(file, 'changed')
  expect(buildFingerprint(folder)).not.toBe(before)
})

test.each(['server.log', '.env.local', '.next/BUILD_ID', 'lib/auth/log-in.test.ts', 'docs/operations.md'])(
  'the build does not depend on %s',
  (file) => {
    const before = buildFingerprint(folder)
    write(file, 'changed')
    expect(buildFingerprint(folder)).toBe(before)
  },
)

test('another key of server actions asks for a new build', () => {
  const before = buildFingerprint(folder)
  vi.stubEnv('NEXT_SERVER_ACTIONS_ENCRYPTION_KEY', 'another')
  expect(buildFingerprint(folder)).not.toBe(before)
  vi.unstubAllEnvs()
})

test('moving text from one file to the next is a change', () => {
  write('app/a.ts', 'ab')
  write('app/b.ts', 'c')
  const before = buildFingerprint(folder)
  write('app/a.ts', 'a')
  write('app/b.ts', 'bc')
  expect(buildFingerprint(folder)).not.toBe(before)
})
