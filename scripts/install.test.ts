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
  for (const name of FILES) cpSync(join(root, name), join(folder, name), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Runs the installer of the copy with nothing on the path but this folder. */
function install(path: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, 'scripts', 'install.mjs')], {
    env: { PATH: path, NODE_ENV: 'production' },
    encoding: 'utf8',
  })
  return { status, stdout, stderr }
}

test('without npm the installation ends with one line', () => {
  expect(install(join(folder, 'bin'))).toEqual({
    status: 1,
    stdout: '',
    stderr: expect.stringMatching(/^Installing packages needs npm, .*\n$/),
  })
})

test('an npm on the path is found where none is beside Node', () => {
  mkdirSync(join(folder, 'bin'))
  const npm = join(folder, 'npm-cli.js')
  writeFileSync(npm, 'console.log("npm", ...process.argv.slice(2)); process.exit(7)')
  chmodSync(npm, 0o755)
  symlinkSync(npm, join(folder, 'bin', 'npm'))
  const { status, stderr } = install(join(folder, 'bin'))
  expect([status, stderr]).toEqual([1, expect.stringContaining('npm ci --ignore-scripts')])
})
