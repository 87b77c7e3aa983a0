import { expect, test } from 'vitest'
import { toReadableTarget } from './readable-target'

test.each([
  '/',
  '/?',
  '/tasks?edit=%ff&x=%',
  '/api/%2f%00',
  '//x',
  '/caf%C3%A9?a?b&&c',
  '/x?next=http://y/z',
])('%s stays as it is', (target) => {
  expect(toReadableTarget(target)).toBe(target)
})

test.each([
  ['*', '/*'],
  ['/%', '/%25'],
  ['/a/%ff/%41?b=%ff', '/a/%25ff/%2541?b=%ff'],
  ['/%c0%af?a?b', '/%25c0%25af?a?b'],
  ['http://x/y?z', '/y?z'],
  ['HTTPS://user@x:1', '/'],
  ['http://x?y', '/?y'],
])('%s, which Next cannot read, becomes %s', (target, readable) => {
  expect(toReadableTarget(target)).toBe(readable)
})

test('a query of thousands of parts is cut, so that it costs no more than an ordinary one', () => {
  const parts = Array.from({ length: 3000 }, (_, i) => `p${i}=1`)
  expect(toReadableTarget(`/login?${parts.join('&')}`)).toBe(`/login?${parts.slice(0, 50).join('&')}`)
})
