import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { AccountEvent } from '../account-event.ts'
import { CSV_HEAD, toCsv } from './events-csv.ts'

const STRINGS: string[] = JSON.parse(
  readFileSync(new URL('../../testing/vectors/strings/blns.json', import.meta.url), 'utf8'),
)
const AT = new Date('2026-11-21T09:05:00.123Z')

function makeEvent(own: Partial<AccountEvent> = {}): AccountEvent {
  return {
    id: randomUUID(),
    eventType: 'login_failed',
    success: false,
    failureReason: 'wrong_password',
    ipAddress: '203.0.113.7',
    userAgent: 'curl/8.14.1',
    sessionId: null,
    details: null,
    createdAt: AT,
    ...own,
  }
}

/** A strict reader (RFC 4180, every cell quoted): anything else than what it expects is an error. */
function parseCsv(text: string): string[][] {
  const lines: string[][] = []
  let line: string[] = []
  let rest = text
  while (rest !== '') {
    const [taken, cell = '', end] = /^"((?:[^"]|"")*)"(,|\r\n)/.exec(rest) ?? []
    if (taken === undefined) throw new Error(`no cell: ${rest.slice(0, 80)}`)
    line.push(cell.replaceAll('""', '"'))
    rest = rest.slice(taken.length)
    if (end === ',') continue
    lines.push(line)
    line = []
  }
  expect(line).toEqual([])
  return lines
}

function cellsOf(event: AccountEvent): Record<string, string | undefined> {
  const [names = [], cells = [], ...more] = parseCsv(CSV_HEAD + toCsv([event]))
  expect(more).toEqual([])
  expect(cells).toHaveLength(names.length)
  return Object.fromEntries(names.map((name, index) => [name, cells[index]]))
}

test('writes an event as the API returns it, with its sentence', () => {
  const sessionId = randomUUID()
  const event = makeEvent({ sessionId, details: { reason: 'x', number: 7 } })
  expect(cellsOf(event)).toEqual({
    created_at: '2026-11-21T09:05:00.123Z',
    event: 'Wrong password from curl, 203.0.113.7',
    event_type: 'login_failed',
    success: 'false',
    failure_reason: 'wrong_password',
    ip_address: '203.0.113.7',
    user_agent: 'curl/8.14.1',
    session_id: sessionId,
    details: '{"reason":"x","number":7}',
    id: event.id,
  })
})

test('writes an empty cell for null', () => {
  const event = makeEvent({ eventType: 'login', success: true, failureReason: null, ipAddress: null })
  expect(cellsOf(event)).toMatchObject({ failure_reason: '', ip_address: '', session_id: '', details: '' })
})

test('writes one line per event', () => {
  expect(toCsv([])).toBe('')
  expect(parseCsv(toCsv([makeEvent(), makeEvent(), makeEvent()]))).toHaveLength(3)
})

test.each([
  ['=HYPERLINK("https://evil.example","x")'],
  ['+1+1'],
  ['-2+3+cmd|" /C calc"!A0'],
  ['@SUM(1)'],
  [' =1+1'],
  ['\u00a0=1+1'],
  ['＝1+1'],
  ['＠x'],
])('escapes a formula: %j', (userAgent) => {
  expect(cellsOf(makeEvent({ userAgent })).user_agent).toBe(`'${userAgent}`)
})

test.each([
  ['\t=1+1', '\\u{9}=1+1'],
  ['\r=1+1', '\\u{d}=1+1'],
  ['a\r\n"b",=1', 'a\\u{d}\\u{a}"b",=1'],
  ['\u001b[31mred', '\\u{1b}[31mred'],
  ['a\u202eb', 'a\\u{202e}b'],
  ['a\u2028b\u0085c\u0000', 'a\\u{2028}b\\u{85}c\\u{0}'],
  ['say "hi", and, go', 'say "hi", and, go'],
  ['<script>alert(1)</script>', '<script>alert(1)</script>'],
  ['🙂 名前', '🙂 名前'],
])('escapes control characters and keeps other text: %j', (userAgent, cell) => {
  expect(cellsOf(makeEvent({ userAgent })).user_agent).toBe(cell)
})

test('keeps hostile text in its cell and never begins a formula', () => {
  for (const text of STRINGS) {
    const event = makeEvent({ userAgent: text, failureReason: text, details: { text } })
    const cells = cellsOf(event)
    expect(cells).toMatchObject({ created_at: AT.toISOString(), id: event.id })
    for (const cell of Object.values(cells)) {
      expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/)
      expect(cell).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    }
  }
})
