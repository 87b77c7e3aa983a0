import { expect, test } from 'vitest'
import { cutPage, parseCursor, parseLimit } from '#lib/page.ts'

const ROWS = ['a', 'b', 'c'].map((key) => ({ key }))
const cut = (limit: number) => {
  const { rows, nextCursor } = cutPage(ROWS, limit, ({ key }) => key)
  return [rows.map(({ key }) => key).join(''), nextCursor]
}

test('names the last row of a page as the cursor when there are more rows', () => {
  expect(cut(1)).toEqual(['a', 'a'])
  expect(cut(2)).toEqual(['ab', 'b'])
})

test('has no cursor on the last page, be it full, short or empty', () => {
  expect(cut(3)).toEqual(['abc', null])
  expect(cut(4)).toEqual(['abc', null])
  expect(cutPage([], 4, String)).toEqual({ rows: [], nextCursor: null })
})

test.each([undefined, '', 'x', ['01930000-0000-7000-8000-000000000000'], 1])(
  'reads the cursor %j as the first page',
  (parameter) => {
    expect(parseCursor(parameter)).toBeUndefined()
  },
)

test('reads a UUID as a cursor', () => {
  expect(parseCursor('01930000-0000-7000-8000-000000000000')).toBe('01930000-0000-7000-8000-000000000000')
})

test.each([undefined, '', '0', '201', '1.5', '-1', ['20']])('reads the limit %j as none', (parameter) => {
  expect(parseLimit(parameter)).toBeUndefined()
})

test('reads a number from 1 to 200 as a limit', () => {
  expect([parseLimit('1'), parseLimit('200')]).toEqual([1, 200])
})
