import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { buildFingerprint, buildId } from './fingerprint.ts'
import { root } from './root.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taskward-fingerprint-'))
  write('app/page.tsx', 'export default function Page() {}')
  write('package-lock.json', '{}')
})

afterEach(() => rmSync(folder, { recursive: true }))

function write(file: string, text: string, where = folder): void {
  mkdirSync(dirname(join(where, file)), { recursive: true })
  writeFileSync(join(where, file), text)
}

test('has the same fingerprint for the same sources in another folder and at another time', () => {
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

test.each([
  ...['server.log', '.env.local', '.next/BUILD_ID', 'lib/auth/log-in.test.ts', 'docs/operations/deploy.md'],
  ...['lib/testing/database.ts', 'lib/db/generated/client.ts', 'next-env.d.ts'],
])('the build does not depend on %s', (file) => {
  const before = buildFingerprint(folder)
  write(file, 'changed')
  expect(buildFingerprint(folder)).toBe(before)
})

test('changes with the key of server actions', () => {
  const before = buildFingerprint(folder)
  vi.stubEnv('NEXT_SERVER_ACTIONS_ENCRYPTION_KEY', 'another')
  expect(buildFingerprint(folder)).not.toBe(before)
  vi.unstubAllEnvs()
})

test('changes when text moves from one file to the next', () => {
  write('app/a.ts', 'ab')
  write('app/b.ts', 'c')
  const before = buildFingerprint(folder)
  write('app/a.ts', 'a')
  write('app/b.ts', 'bc')
  expect(buildFingerprint(folder)).not.toBe(before)
})

describe('the name of a build', () => {
  test('is that of every build of the same sources, in whatever folder, order, time and Node', () => {
    const other = mkdtempSync(join(tmpdir(), 'taskward-fingerprint-of-another-length-'))
    const files = ['app/a/page.tsx', 'app/a-b.tsx', 'app/a.tsx', 'lib/é.ts', 'middleware.ts', 'package.json']
    for (const file of files) write(file, file)
    for (const file of [...files].reverse()) write(file, file, other)
    write('app/page.tsx', 'export default function Page() {}', other)
    write('package-lock.json', '{}', other)
    const id = buildId(folder)
    vi.stubGlobal('process', { ...process, version: 'v99.0.0', platform: 'win32', arch: 'riscv64' })
    expect(buildId(other)).toBe(id)
    vi.unstubAllGlobals()
    rmSync(other, { recursive: true })
  })

  test.each(['app/page.tsx', 'package-lock.json', 'next.config.ts'])('changes with %s', (file) => {
    const before = buildId(folder)
    write(file, 'changed')
    expect(buildId(folder)).not.toBe(before)
  })

  test('is what the settings give Next.js', async () => {
    const { default: config } = await import('../../next.config.ts')
    expect(await config.generateBuildId?.()).toBe(buildId(root))
    expect(buildId(root)).toMatch(/^\d{10,20}$/)
  })
})
