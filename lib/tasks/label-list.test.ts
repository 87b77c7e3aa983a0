import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { joinLabels, splitLabels } from './label-list.ts'

const label = fc
  .string({ unit: fc.constantFrom('a', ',', '\\', ' '), minLength: 1 })
  .map((text) => text.trim())
  .filter((text) => text !== '')

test('labels with commas and backslashes come back from their text', () => {
  const isKept = (labels: string[]) => isDeepStrictEqual(splitLabels(joinLabels(labels)), labels)
  fc.assert(fc.property(fc.array(label), isKept))
})

test.each([
  ['home, phone,, ', ['home', 'phone']],
  ['C:\\x', ['C:\\x']],
  ['a\\', ['a\\']],
])('%j is read as %j', (text, labels) => {
  expect(splitLabels(text)).toEqual(labels)
})
