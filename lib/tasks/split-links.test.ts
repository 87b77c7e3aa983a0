import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitLinks } from './split-links.ts'

const linksIn = (text: string) => splitLinks(text).flatMap(({ text, href }) => (href ? [text] : []))

test.each([
  ['See https://example.com/a?b=c#d.', ['https://example.com/a?b=c#d']],
  ['(https://example.com/a_(b))', ['https://example.com/a_(b)']],
  ['“HTTP://EXAMPLE.COM”, then http://[::1]:3000/x!', ['HTTP://EXAMPLE.COM', 'http://[::1]:3000/x']],
  ['<a href="https://example.com">x</a>', ['https://example.com']],
  [
    'https://example.com/משימה\nhttps://bücher.example',
    ['https://example.com/משימה', 'https://bücher.example'],
  ],
  ['https://example.com/\u202Egnp.exe', ['https://example.com/']],
  ['javascript:alert(1) data:text/html,x mailto:a@b.c ftp://x //example.com www.example.com', []],
  ['http:// https://. http://[ xhttp://', []],
])('finds the addresses of %j', (text, addresses) => {
  expect(linksIn(text)).toEqual(addresses)
})

const piece = fc.constantFrom(
  ...[
    'http://',
    'https://',
    'a.example',
    '/',
    '(',
    ')',
    '[',
    ']',
    '.',
    '…',
    ' ',
    '\n',
    '"',
    '\u202E',
    '😀',
    '@',
    '%',
  ],
)
const texts = fc.oneof(
  fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 200 }),
)

test('keeps every character, and links to http and https alone', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const parts = splitLinks(text)
      expect(parts.map((part) => part.text).join('')).toBe(text)
      for (const { href } of parts) {
        if (href !== undefined) expect(new URL(href).protocol).toMatch(/^https?:$/)
      }
    }),
    { numRuns: 500 },
  )
})

test.each(['http://', 'http://a', 'http://a.', 'http://(', ')', 'http://a)', '.', 'http://a/ '])(
  'needs linear time for many %j',
  (piece) => {
    const timeOf = (count: number) => {
      const text = `http://a.example/${piece.repeat(count)}`
      const times = Array.from({ length: 5 }, () => {
        const start = performance.now()
        splitLinks(text)
        return performance.now() - start
      })
      return Math.min(...times)
    }
    timeOf(500)
    // Quadratic time would be sixteen hundred times as long.
    expect(timeOf(20_000)).toBeLessThan(400 * Math.max(timeOf(500), 0.05))
  },
)
