import { expect, test } from 'vitest'
import { label } from './body-schema.ts'
import { readMark } from './quick/read-mark.ts'

// NFC writes each of the first as two code points, and each pair of the second as one.
const [GROWING, SHRINKING] = ['\u0958', 'e\u0301']

test('a label has 50 characters as it is stored, however it was spelled', () => {
  expect(label.parse(` ${GROWING.repeat(25)} `)).toBe('\u0915\u093c'.repeat(25))
  expect(label.parse(SHRINKING.repeat(50))).toBe('\u00e9'.repeat(50))
  for (const tooLong of [GROWING.repeat(26), SHRINKING.repeat(51)]) {
    const messages = label.safeParse(tooLong).error?.issues.map(({ message }) => message)
    expect(messages).toEqual(['must be at most 50 characters long'])
  }
})

test('a label that is stored is valid again', () => {
  for (const text of [GROWING.repeat(25), SHRINKING.repeat(50), '\u1f82'.repeat(50), '\ud55c'.repeat(50)]) {
    const stored = label.parse(text)
    expect(label.parse(stored)).toBe(stored)
    expect(label.parse(stored.normalize('NFD'))).toBe(stored)
  }
})

test.each([
  ['a label', (text: string) => label.safeParse(text).success],
  ['a label in a line', (text: string) => readMark({ text, key: text, start: 0, end: text.length }) !== null],
])('%s of many accents in no order is refused in no time', (_, isRead) => {
  const start = performance.now()
  expect(isRead(`@a${'\u0301\u0327'.repeat(20_000)}`)).toBe(false)
  expect(performance.now() - start).toBeLessThan(500)
})
