import { expect, test } from 'vitest'
import { plainText } from '#lib/text-schema.ts'

const schema = plainText(5)

test.each([
  ['trims', '  ab  ', 'ab'],
  ['may be empty', '   ', ''],
  ['of invisible characters is empty', '\u200b \u2066\u3164', ''],
  ['keeps the joiners of an emoji', '👩‍💻', '👩‍💻'],
  ['counts an emoji as one character', '😀😀😀😀😀', '😀😀😀😀😀'],
  ['keeps line breaks and directions', 'a\nב', 'a\nב'],
])('text %s', (_, text, expected) => {
  expect(schema.parse(text)).toBe(expected)
})

test.each([
  ['that is too long', 'abcdef'],
  ['with a NUL, which PostgreSQL cannot store', 'a\0b'],
  ['with half a surrogate pair', 'a\ud800b'],
  ['that is a number', 5],
  ['that is null', null],
])('text %s is refused', (_, text) => {
  expect(schema.safeParse(text).success).toBe(false)
})
