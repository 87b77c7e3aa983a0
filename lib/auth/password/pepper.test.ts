import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { pepperId, pepperPassword } from './pepper.ts'

const PEPPER = 'one pepper'

test('the result is base64 of HMAC-SHA-256 and always fits bcrypt', () => {
  // RFC 4231, test case 2.
  const expected = Buffer.from(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    'hex',
  ).toString('base64')
  expect(pepperPassword('what do ya want for nothing?', 'Jefe')).toBe(expected)
  for (const password of ['', '\0', '😀'.repeat(128)])
    expect(pepperPassword(password, PEPPER)).toHaveLength(44)
})

test('the id tells peppers apart and is neither pepper nor any password hashed with it', () => {
  expect(pepperId(PEPPER)).toMatch(/^[\w-]{11}$/)
  expect(pepperId(PEPPER)).toBe(pepperId(PEPPER))
  expect(pepperId(PEPPER)).not.toBe(pepperId('another pepper'))
  const asPassword = createHmac('sha256', PEPPER).update('taskward pepper id v1').digest('base64url')
  expect(asPassword.startsWith(pepperId(PEPPER))).toBe(false)
})

const SAME_LOOKING = [
  'é',
  'e',
  'É',
  '\0',
  '\0\0',
  '',
  'a',
  'a\0',
  'a\0b',
  'a\0c',
  ' a',
  'a ',
  'K',
  'ａ',
  '😀',
  'a'.repeat(72),
  'a'.repeat(73),
  `${'a'.repeat(72)}b`,
  `${'a'.repeat(127)}b`,
  'a'.repeat(128),
]

test('scheme 1 hashes what was typed, scheme 2 its NFC, and no other scheme exists', () => {
  const [composed, decomposed] = ['\u00e9', 'e\u0301']
  expect(pepperPassword(decomposed, PEPPER, 1)).not.toBe(pepperPassword(composed, PEPPER, 1))
  expect(pepperPassword(decomposed, PEPPER, 2)).toBe(pepperPassword(composed, PEPPER, 2))
  expect(pepperPassword(composed, PEPPER, 1)).toBe(pepperPassword(composed, PEPPER))
  for (const scheme of [0, 3]) expect(() => pepperPassword('a', PEPPER, scheme)).toThrow('scheme')
})

test('every code point counts: no two passwords that merely resemble each other are one', () => {
  const inputs = SAME_LOOKING.map((password) => pepperPassword(password, PEPPER))
  expect(new Set(inputs).size).toBe(SAME_LOOKING.length)
})
