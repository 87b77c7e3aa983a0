import { dictionary } from '@zxcvbn-ts/language-common'
import { expect, test } from 'vitest'
import { isCommonPassword } from './blocklist.ts'

test.each([
  ['as it stands on the list', 'password1'],
  ['with capitals', 'PassWord1'],
  ['in full-width letters', 'ｐａｓｓｗｏｒｄ１'],
  ['spelt backwards', 'Q0987654321'],
])('a common password %s is common', (_, password) => {
  expect(isCommonPassword(password)).toBe(true)
})

test('every entry is found with its first letter in upper case, passphrases included', () => {
  const entries = dictionary['passwords-common']
  const missed = entries.filter((entry) => !isCommonPassword(entry.charAt(0).toUpperCase() + entry.slice(1)))
  expect(entries.length).toBeGreaterThan(49_000)
  // Only the count, for the list holds offensive words.
  expect(missed.length).toBe(0)
})

test.each([['correct horse battery staple'], ['Sunny-day7'], ['password1 of mine'], ['']])(
  '%j is not common: only whole passwords are compared',
  (password) => {
    expect(isCommonPassword(password)).toBe(false)
  },
)
