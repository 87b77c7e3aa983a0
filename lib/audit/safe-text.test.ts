import { expect, test } from 'vitest'
import { toSafeText } from './safe-text.ts'

test.each([
  ['plain text stays', 'Mozilla/5.0 (é 😀)', 'Mozilla/5.0 (é 😀)'],
  ['a line break cannot forge a log line', 'a\r\nb', 'a\\u{d}\\u{a}b'],
  ['an escape sequence cannot act in a terminal', '\u001b[2J', '\\u{1b}[2J'],
  ['C1 controls neither', '\u009b2J', '\\u{9b}2J'],
  ['NUL cannot break the database', 'a\0b', 'a\\u{0}b'],
  ['a direction override cannot reverse what is read', 'a\u202eb', 'a\\u{202e}b'],
  ['line and paragraph separators', '\u2028\u2029', '\\u{2028}\\u{2029}'],
  ['a lone surrogate is replaced', 'a\ud800b', 'a\ufffdb'],
])('%s', (_, text, expected) => {
  expect(toSafeText(text, 100)).toBe(expected)
})

test('cuts to length without splitting a character', () => {
  expect(toSafeText('abcdef', 3)).toBe('abc')
  expect(toSafeText('ab😀', 3)).toBe('ab\ufffd')
})
