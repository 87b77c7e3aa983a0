import { expect, test } from 'vitest'
import { fingerprint } from './fingerprint.ts'

test.each([
  ['', 0xcbf29ce484222325n],
  ['a', 0xaf63dc4c8601ec8cn],
  ['foobar', 0x85944171f73967e8n],
])('hashes %j as RFC 9923 does', (text, hash) => {
  expect(fingerprint('title', text)).toBe(hash.toString(36))
})

test('a text without a value has the fingerprint of an empty one', () => {
  expect(fingerprint('description', null)).toBe(fingerprint('description', ''))
})

test('ignores what a field of a form changes', () => {
  expect(fingerprint('title', 'a\r\nb')).toBe(fingerprint('title', 'ab'))
  expect(fingerprint('labels', ['a\nb'])).toBe(fingerprint('labels', ['ab']))
  expect(fingerprint('description', 'a\r\nb\rc')).toBe(fingerprint('description', 'a\nb\nc'))
})
