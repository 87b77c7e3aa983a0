import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addToEnvFile, withVariables } from './env-file.ts'

let folder: string
let file: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'taskward-env-file-'))
  file = join(folder, '.env.local')
})

afterEach(() => rmSync(folder, { recursive: true }))

test('keeps all lines, also comments and a last line without a line break', () => {
  const text = '# mine\nPORT=4000\n\nJWT_SECRET=\nLOG_LEVEL=debug'
  const result = withVariables(text, { JWT_SECRET: 'new' })
  expect(result).toBe(`${text}\nJWT_SECRET=new\n`)
  expect(parseEnv(result)).toEqual({ PORT: '4000', JWT_SECRET: 'new', LOG_LEVEL: 'debug' })
})

test('creates a file that only its owner can read, and no other', () => {
  addToEnvFile(file, { JWT_SECRET: 'one', PASSWORD_PEPPER: 'two' })
  expect(readFileSync(file, 'utf8')).toBe('JWT_SECRET=one\nPASSWORD_PEPPER=two\n')
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(readdirSync(folder)).toEqual(['.env.local'])
})

test('restricts a public file when it adds secrets', () => {
  writeFileSync(file, 'PORT=4000\n')
  chmodSync(file, 0o644)
  addToEnvFile(file, { JWT_SECRET: 'one' })
  expect(readFileSync(file, 'utf8')).toBe('PORT=4000\nJWT_SECRET=one\n')
  expect(statSync(file).mode & 0o777).toBe(0o600)
})
