import fc from 'fast-check'
import { expect, test } from 'vitest'
import { normalizeTarget } from './normalize-target.ts'

test.each([
  '/',
  '/?',
  '/tasks?edit=%ff&x=%',
  '/api/%2f%00',
  '//x',
  '/caf%C3%A9?a?b&&c',
  '/x?next=http://y/z',
])('%s stays as it is', (target) => {
  expect(normalizeTarget(target)).toBe(target)
})

test.each([
  ['*', '/*'],
  ['/%', '/%25'],
  ['/a/%ff/%41?b=%ff', '/a/%25ff/%2541?b=%ff'],
  ['/%c0%af?a?b', '/%25c0%25af?a?b'],
  ['http://x/y?z', '/y?z'],
  ['HTTPS://user@x:1', '/'],
  ['http://x?y', '/?y'],
])('%s, which Next.js cannot read, becomes %s', (target, readable) => {
  expect(normalizeTarget(target)).toBe(readable)
})

test.each([
  ['/_next/static/../../tasks?a=../b', '/tasks?a=../b'],
  ['/_next/static/%2e%2E/.%2e/api/auth/me', '/api/auth/me'],
  ['/_next/static/..\\..\\tasks', '/tasks'],
  ['/icon.svg/../tasks/.', '/tasks/'],
  ['/a/./b/..', '/a/'],
  ['/../../x', '/x'],
  ['http://y/a/../x', '/x'],
  ['/_next/static/%ff/../../../tasks', '/tasks'],
  ['/_next/static/../../%', '/%25'],
  ['/_next/static/..#x', '/_next/'],
  ['/a/..b/...', '/a/..b/...'],
  ['/a/..%2fb', '/a/..%2fb'],
  ['/.well-known/security.txt', '/.well-known/security.txt'],
])('the dot segments of %s are resolved before anything judges the path', (target, resolved) => {
  for (const method of ['GET', 'HEAD']) expect(normalizeTarget(target, method)).toBe(resolved)
})

test('for any target the path equals that of a URL parser', () => {
  const piece = fc.constantFrom(
    ...['/', '\\', '.', '..', '%2e', '_next', 'static', '%ff', '%', '%5c', '%2f', '#', 'a', ':', '@'],
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.constantFrom('GET', 'POST'), (pieces, method) => {
      const readable = normalizeTarget(`/${pieces.join('')}`, method)
      const isStatic = (path: string) => path.startsWith('/_next/static/')
      const { pathname } = new URL(`http://origin.invalid${readable}`)
      expect(isStatic(readable.replaceAll('\\', '/'))).toBe(isStatic(pathname))
    }),
    { numRuns: 2000, examples: [[['_next', '/', 'static', '/', '..', '/', '..', '/', 'a'], 'GET']] },
  )
})

test.each(['OPTIONS', 'POST', 'PUT', 'DELETE', 'X-TRACE'])(
  'what cannot follow a redirect (%s) gets none for its slashes',
  (method) => {
    for (const [target, direct] of [
      ['/', '/'],
      ['//', '/'],
      ['/login/', '/login'],
      ['//login', '/login'],
      ['/\\login\\', '/login'],
      ['http://x//api//auth/me///?a=//b/', '/api/auth/me?a=//b/'],
      ['/api/', '/api'],
      ['*', '/*'],
    ] as const) {
      expect(normalizeTarget(target, method)).toBe(direct)
    }
  },
)

test.each(['GET', 'HEAD'])('%s is redirected to a page’s address, and not for an endpoint', (method) => {
  for (const page of ['//', '/login/', '//login', '/apis/', '/api/']) {
    expect(normalizeTarget(page, method)).toBe(page)
  }
  for (const endpoint of ['/api/auth/me/', '//api/auth/me', '/api//auth/me', '/api\\auth/me/']) {
    expect(normalizeTarget(endpoint, method)).toBe('/api/auth/me')
  }
})

test('truncates a query of thousands of parts, so that it costs no more than an ordinary one', () => {
  const parts = Array.from({ length: 3000 }, (_, i) => `p${i}=1`)
  expect(normalizeTarget(`/login?${parts.join('&')}`)).toBe(`/login?${parts.slice(0, 50).join('&')}`)
})
