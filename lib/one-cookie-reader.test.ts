import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { isTest, readProject } from '#lib/testing/import-graph.ts'

/**
 * The layout reads the colour scheme and whether shortcuts are off
 * (docs/decisions/0018-one-reader-of-credentials.md), the admission of passwords only whether there are cookies at all,
 * and flash messages also one that the same request has set.
 */
const READERS = [
  'app/layout.tsx',
  'lib/gate/cookie-header.ts',
  'lib/http/before-next/admit-passwords.ts',
  'lib/http/flash-message.ts',
]
const COMMENT = /^\s*(\/\*[\s\S]*?\*\/|\/\/.*$)/gm

/** Whether a source gets at the cookies that a client sent. `cookies.set` only answers. */
function readsCookies(source: string): boolean {
  const code = source.replace(COMMENT, '')
  return /\bget\(\s*['"]cookie['"]|headers(\.cookie\b|\[['"]cookie)|(cookies|cookies\(\)\)?|jar)\s*\.(get|getAll|has)\(/i.test(
    code,
  )
}

test('the cookies that a client sent are read in one file', () => {
  const project = readProject(fileURLToPath(new URL('..', import.meta.url)))
  const readers = [...project].filter(
    ([file, source]) =>
      /^(app|components|lib|middleware)/.test(file) && !isTest(file) && readsCookies(source),
  )
  expect(readers.map(([file]) => file)).toEqual(READERS)
})

test.each([
  ["headers.get('cookie')", true],
  ["headers.get('Cookie')", true],
  ['request.headers.cookie', true],
  ["request.headers['cookie']", true],
  ['(await cookies()).get(name)', true],
  ['const jar = await cookies()\njar.getAll()', true],
  ['request.cookies.has(name)', true],
  ["(await cookies()).set(name, '')", false],
  ["response.cookies.set(name, '')", false],
  ["// headers.get('cookie')", false],
])('%s reads them: %s', (source, does) => {
  expect(readsCookies(source)).toBe(does)
})
