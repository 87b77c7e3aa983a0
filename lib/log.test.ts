import pino from 'pino'
import { expect, test } from 'vitest'
import { logOptions } from '#lib/log.ts'

function lineOf(fields: object): string {
  const lines: string[] = []
  pino(logOptions('info'), { write: (line: string) => lines.push(line) }).info(fields)
  return lines.join('')
}

test('redacts fields with the name of a secret, at the top and one level below', () => {
  const names = [
    'password',
    'token',
    'refresh_token',
    'authorization',
    'cookie',
    'set-cookie',
    'hash',
    'secret',
  ]
  for (const name of names) {
    expect(lineOf({ [name]: 'canary' }), name).not.toContain('canary')
    expect(lineOf({ headers: { [name]: 'canary' } }), name).not.toContain('canary')
  }
})

test('escapes line breaks and terminal sequences in values', () => {
  const line = lineOf({ path: 'a\r\n{"level":60}\x1b[2J\u2028x' })
  expect(line.trimEnd()).not.toMatch(/\p{Cc}/u)
  expect(JSON.parse(line)).toMatchObject({ level: 30, path: 'a\r\n{"level":60}\x1b[2J\u2028x' })
})
