import { expect, test } from 'vitest'
import { redactPath } from './redact-path.ts'

test.each([
  ['/tasks', '/tasks'],
  ['/login?next=/tasks&password=hunter22', '/login'],
  ['/a#b', '/a'],
  ['/api/0190c0de-0000-7000-8000-000000000000/tasks', '/api/0190c0de-0000-7000-8000-000000000000/tasks'],
  ['', ''],
])('%s is printed as %s', (target, path) => {
  expect(redactPath(target)).toBe(path)
})

test('redacts a token in a path entirely', () => {
  const secret = 'k7Jp0wZ8eV3xQ1mN5bT9rY2uI6oA4sD0fG8hL3cX7vE'
  expect(redactPath(`/reset/${secret}/now`)).toBe('/reset/[long]/now')
  expect(redactPath(`/reset/${secret}.${secret}.${secret}`)).toBe('/reset/[long].[long].[long]')
})

test('removes control characters and truncates long paths', () => {
  expect(redactPath('/a\r\n{"level":50}\x1b[31m\x9b2J\u202e')).toBe(
    '/a\\u{d}\\u{a}{"level":50}\\u{1b}[31m\\u{9b}2J\\u{202e}',
  )
  expect(redactPath('/a'.repeat(5000))).toHaveLength(200)
})
