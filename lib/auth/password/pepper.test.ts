import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { derivePepperId, pepperPassword } from './pepper.ts'

const PEPPER = 'one pepper'

test('returns base64 of HMAC-SHA-256, which always fits bcrypt', () => {
  // RFC 4231, test case 2.
  const expected = Buffer.from(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    'hex',
  ).toString('base64')
  expect(pepperPassword('what do ya want for nothing?', { pepper: 'Jefe' })).toBe(expected)
  for (const password of ['', '\0', '😀'.repeat(128)])
    expect(pepperPassword(password, { pepper: PEPPER })).toHaveLength(44)
})

test('the id identifies a pepper and is no hash of a password under it', () => {
  expect(derivePepperId(PEPPER)).toMatch(/^[\w-]{11}$/)
  expect(derivePepperId(PEPPER)).toBe(derivePepperId(PEPPER))
  expect(derivePepperId(PEPPER)).not.toBe(derivePepperId('another pepper'))
  const asPassword = createHmac('sha256', PEPPER).update('taskward pepper id v1').digest('base64url')
  expect(asPassword.startsWith(derivePepperId(PEPPER))).toBe(false)
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

test('scheme 1 hashes the password as typed, scheme 2 its NFC, and other schemes throw', () => {
  const [composed, decomposed] = ['\u00e9', 'e\u0301']
  expect(pepperPassword(decomposed, { pepper: PEPPER, scheme: 1 })).not.toBe(
    pepperPassword(composed, { pepper: PEPPER, scheme: 1 }),
  )
  expect(pepperPassword(decomposed, { pepper: PEPPER, scheme: 2 })).toBe(
    pepperPassword(composed, { pepper: PEPPER, scheme: 2 }),
  )
  expect(pepperPassword(composed, { pepper: PEPPER, scheme: 1 })).toBe(
    pepperPassword(composed, { pepper: PEPPER }),
  )
  for (const scheme of [0, 3]) expect(() => pepperPassword('a', { pepper: PEPPER, scheme })).toThrow('scheme')
})

test('similar passwords have different inputs', () => {
  const inputs = SAME_LOOKING.map((password) => pepperPassword(password, { pepper: PEPPER }))
  expect(new Set(inputs).size).toBe(SAME_LOOKING.length)
})
