import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { root } from './root.ts'

const FILES = ['scripts', 'prisma/schema.prisma', 'package.json', 'package-lock.json']

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taskward-install-'))
  makeCopy()
})
afterEach(() => rmSync(folder, { recursive: true }))

function makeCopy(name = ''): string {
  const copy = join(folder, name)
  mkdirSync(copy, { recursive: true })
  for (const file of FILES) cpSync(join(root, file), join(copy, file), { recursive: true })
  return copy
}

/** Runs the installer of a copy with nothing on the path but this folder. */
function install(path: string, copy = folder) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(copy, 'scripts', 'setup', 'install.mjs')],
    {
      env: { PATH: path, NODE_ENV: 'production' },
      encoding: 'utf8',
    },
  )
  return { status, stdout, stderr }
}

test('ends with one line without npm', () => {
  expect(install(join(folder, 'bin'))).toEqual({
    status: 1,
    stdout: '',
    stderr: expect.stringMatching(/^Installing packages needs npm, .*\n$/),
  })
})

test('finds npm on the path if Node’s folder has none', () => {
  mkdirSync(join(folder, 'bin'))
  const npm = join(folder, 'npm-cli.js')
  writeFileSync(npm, 'console.log("npm", ...process.argv.slice(2)); process.exit(7)')
  chmodSync(npm, 0o755)
  symlinkSync(npm, join(folder, 'bin', 'npm'))
  const { status, stderr } = install(join(folder, 'bin'))
  expect([status, stderr]).toEqual([1, expect.stringContaining('npm ci --ignore-scripts')])
})

test.each(['a#b', 'a"b', 'a$b', 'a`b'])(
  'refuses a folder named %s, where a build or the database would fail',
  (name) => {
    const { status, stderr } = install('', makeCopy(name))
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^Taskward cannot run in .*: rename or move .*\n$/),
    ])
  },
)

test('accepts a folder with spaces, a percent sign, an apostrophe and letters of any language', () => {
  expect(install('', makeCopy("ü é 100%20's")).stderr).toMatch(/^Installing packages needs npm/)
})
