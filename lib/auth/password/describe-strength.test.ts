import { expect, test } from 'vitest'
import { describeIfWeak, describeStrength } from './describe-strength.ts'

const ADA = { email: ' Ada.Lovelace@Example.com', name: 'Ada Lovelace' }

test.each([
  ['', ''],
  ['Xy7-k9v', ''],
  ['Summer2026', 'Too easy to guess: built on a season, a month or a day.'],
  ['summer2026', 'Too easy to guess: built on a season, a month or a day.'],
  ['Password1', 'Too easy to guess: on lists of common passwords.'],
  ['Lovelace-1', 'Too easy to guess: built on your name or email address.'],
  ['xy7-k9vq-m', 'Does not meet the rules yet.'],
  ['hidden: ada.lovelace and herons', 'Does not meet the rules yet.'],
  ['SecurePass123', 'Fair'],
  ['seven quiet herons at dusk', 'Strong'],
  ['x'.repeat(100_000), ''],
])('%j is described as %j', (password, words) => {
  expect(describeStrength(password.slice(0, 200_000), ADA)).toBe(words)
})

test.each([
  [
    'Summer2026',
    'Choose a password that is harder to guess: this one is built on a season, a month or a day.',
  ],
  ['password', 'Choose a password that is harder to guess: this one is on lists of common passwords.'],
  ['Xy7-k9v', null],
  ['only lower', null],
  ['x'.repeat(2000), null],
])('%j has the error %j', (password, issue) => {
  expect(describeIfWeak(password, ADA)).toBe(issue)
})

test.each(['Été2026!!', 'Grün bleibt der Wald 7', '한국어 비밀번호'])(
  '%s is described alike in every form',
  (password) => {
    expect(describeStrength(password.normalize('NFD'), ADA)).toBe(
      describeStrength(password.normalize('NFC'), ADA),
    )
  },
)
