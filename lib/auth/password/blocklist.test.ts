import { dictionary } from '@zxcvbn-ts/language-common'
import { expect, test } from 'vitest'
import { isCommonPassword } from './blocklist.ts'

test.each([
  ['as on the list', 'password1'],
  ['with capitals', 'PassWord1'],
  ['in full-width letters', 'ｐａｓｓｗｏｒｄ１'],
  ['backwards', 'Q0987654321'],
])('finds a common password %s', (_, password) => {
  expect(isCommonPassword(password)).toBe(true)
})

test('finds every entry with its first letter in upper case', () => {
  const entries = dictionary['passwords-common']
  const missed = entries.filter((entry) => !isCommonPassword(entry.charAt(0).toUpperCase() + entry.slice(1)))
  expect(entries.length).toBeGreaterThan(49_000)
  // Only the count, because the list contains offensive words.
  expect(missed.length).toBe(0)
})

test.each([['correct horse battery staple'], ['Sunny-day7'], ['password1 of mine'], ['']])(
  'does not find %j: only whole passwords are compared',
  (password) => {
    expect(isCommonPassword(password)).toBe(false)
  },
)
