import { describe, expect, test } from 'vitest'
import { processorMs } from '#lib/testing/processor-time.ts'
import { entityTag, versionsToMatch } from './entity-tag.ts'

function versions(ifMatch: string | null) {
  return versionsToMatch(new Headers(ifMatch === null ? {} : { 'If-Match': ifMatch }))
}

test('a version is a strong entity tag, and matches itself', () => {
  expect(entityTag(7)).toBe('"7"')
  expect(versions(entityTag(7))).toEqual({ ok: true, value: [7] })
})

test.each([null, '*', ' * '])('%j matches any version', (ifMatch) => {
  expect(versions(ifMatch)).toEqual({ ok: true, value: undefined })
})

test.each<[string, number[]]>([
  ['"1"', [1]],
  ['"1","2"', [1, 2]],
  [' "1" , "2"\t,\t"30" ', [1, 2, 30]],
  [', "1",, "2",', [1, 2]],
  ['"2147483647"', [2_147_483_647]],
  ['W/"1", "2"', [2]],
  ['"a,b", "2"', [2]],
  ['"W/", "2"', [2]],
])('%s matches %j', (ifMatch, expected) => {
  expect(versions(ifMatch)).toEqual({ ok: true, value: expected })
})

test.each([
  'W/"3"',
  'W/"1", W/"2"',
  '""',
  '"0"',
  '"-1"',
  '"01"',
  '"1.0"',
  '"1e3"',
  '"0x1"',
  '"2147483648"',
  '"9999999999999999999999"',
  '"*"',
  '"\xa01"',
])('%s matches no version', (ifMatch) => {
  expect(versions(ifMatch)).toEqual({ ok: true, value: [] })
})

describe('refuses a malformed header and names it', () => {
  test.each([
    '',
    ',',
    '1',
    "'1'",
    '"1',
    '1"',
    '"1""2"',
    '"1" "2"',
    'w/"1"',
    'W/1',
    'W/ "1"',
    '*, "1"',
    '"1", *',
    '**',
    '"a b"',
    '"a\\"b"',
    '"1";',
  ])('%j', (ifMatch) => {
    expect(versions(ifMatch)).toEqual({
      ok: false,
      error: { code: 'BAD_REQUEST', details: [{ field: 'If-Match', issue: expect.any(String) }] },
    })
  })

  test.each([' , ', '\t', '"1",', '"', 'W/'])('reads 16 KB of %j within a moment', (part) => {
    const long = `"1"${part.repeat(16_384 / part.length)}x`
    expect(processorMs(() => expect(versions(long)).toMatchObject({ ok: false }))).toBeLessThan(200)
  })
})
