import fc from 'fast-check'
import { expect, test } from 'vitest'
import { csvTextLine, readCsvText } from './csv-line.ts'

const cellOf = (text: string) => csvTextLine([text]).slice(1, -3).replaceAll('""', '"')

test('any text is read as it was written, and is no formula', () => {
  const text = fc
    .array(fc.oneof(fc.constantFrom(...'\'=+-@＝ \t\r\n\u0001\u200b"a'), fc.string()))
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, (any) => {
      expect(readCsvText(cellOf(any))).toBe(any)
      expect(cellOf(any)).not.toMatch(/^[\s\p{C}]*[=+\-@＝＋－＠]/u)
    }),
    { numRuns: 1000 },
  )
})
