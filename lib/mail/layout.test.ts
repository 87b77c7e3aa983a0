import { expect, test } from 'vitest'
import { type Block, layout } from './layout.ts'

/** What a user or a browser may have sent. */
const HOSTILE = `Ann"><img src=x onerror=alert(1)>\r\nBcc: eve@example.org\0\u202Egnp.exe\u2066\u2028&amp;`

function write(...blocks: Block[]) {
  return layout({ subject: 'A subject', blocks })
}

test('writes each block as text and as HTML', () => {
  const { subject, text, html } = write(
    'A paragraph.',
    { button: 'Do it', path: '/do-it', query: { token: 'abc-_1' } },
    { facts: { When: 'Today', Device: 'Firefox on Linux' } },
  )
  expect(subject).toBe('A subject')
  expect(text).toBe(`A paragraph.

Do it:
http://localhost:3000/do-it?token=abc-_1

When: Today
Device: Firefox on Linux

-- 
Taskward sent this email because of an account at localhost:3000.
`)
  expect(html).toContain('<p style="margin:0 0 16px">A paragraph.</p>')
  expect(html).toContain('href="http://localhost:3000/do-it?token=abc-_1"')
  expect(html).toContain('>Do it</a>')
  expect(html).toMatch(/>When<\/th><td[^>]*>Today</)
})

test('loads nothing and runs nothing', () => {
  const { html } = write('A paragraph.', { button: 'Do it', path: '/do-it' })
  expect(html).not.toMatch(/<(img|script|link|iframe|form)|url\(|@import|\son\w+=/i)
  expect(html.match(/https?:\/\/[^"<\s]+/g)?.every((url) => url.startsWith('http://localhost:3000/'))).toBe(
    true,
  )
})

test('spells quotation marks of a text in ASCII, and those of HTML as they are', () => {
  const { text, html } = write('It wasn’t “you” …')
  expect(text).toMatch(/^It wasn't "you" \.\.\.\n/)
  expect(html).toContain('It wasn’t “you” …')
})

test('has light colours inline and dark ones where a mail program supports them', () => {
  const { html } = write('A paragraph.')
  expect(html).toContain('style="background:#fbfaf8;color:#22262e')
  expect(html).toContain('@media (prefers-color-scheme: dark)')
  expect(html).toContain('<meta name="color-scheme" content="light dark">')
})

test.each<[place: string, block: Block]>([
  ['a paragraph', `Hello ${HOSTILE}`],
  ['a button', { button: HOSTILE, path: '/do-it' }],
  ['a fact', { facts: { Device: HOSTILE } }],
  ['the name of a fact', { facts: { [HOSTILE]: 'x' } }],
  ['a query', { button: 'Do it', path: '/do-it', query: { token: HOSTILE } }],
])('a value in %s is neither markup nor a line of its own', (_, block) => {
  const { text, html } = write(block)
  expect(html).not.toContain('<img')
  expect(text).not.toMatch(/^Bcc/m)
  expect(text + html).not.toMatch(/[\0\r\u2028\u2029\u202A-\u202E\u2066-\u2069]/)
})

test('escapes a reference to a character instead of resolving it', () => {
  expect(write('&lt;b&gt; & &amp;').html).toContain('>&#38;lt;b&#38;gt; &#38; &#38;amp;</p>')
})

test('a subject is one line whatever a value contains', () => {
  const { subject, html } = layout({ subject: HOSTILE, blocks: [] })
  expect(subject).not.toMatch(/[\0\r\n\u202E\u2028]/)
  expect(html).not.toContain('<img')
})

test.each(['//evil.example/x', '/\\evil.example', '/@evil.example'] as const)(
  'a link to %s stays below APP_URL',
  (path) => {
    const { text } = write({ button: 'Do it', path })
    const [url = ''] = text.match(/http\S+/) ?? []
    expect(new URL(url).origin).toBe('http://localhost:3000')
  },
)
