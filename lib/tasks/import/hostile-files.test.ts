import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { readImport } from './read-import.ts'

const READING = { now: new Date('2026-11-28T10:00:00Z'), today: '2026-11-28', timeZone: 'UTC' }
const MANY = 1_000_001
const TODOIST = 'TYPE,CONTENT,DATE\n'

const read = (text: string) => readImport(new TextEncoder().encode(text), READING)

describe('a file of far more parts than tasks have is refused before it is read:', () => {
  test.each<[string, () => string]>([
    ['columns', () => `title${','.repeat(MANY)}`],
    ['cells of one row', () => `title\nA${','.repeat(MANY)}`],
    ['empty lines', () => `title\n${'\n'.repeat(MANY)}`],
    ['rows of empty cells', () => `title;list\r\n${';\r\n'.repeat(MANY / 3)}`],
    ['objects', () => `[${'{},'.repeat(MANY)}{}]`],
    ['lists in each other', () => '['.repeat(MANY) + ']'.repeat(MANY)],
  ])('%s', async (_, text) => {
    expect(await read(text())).toEqual({ ok: false, error: { code: 'FILE_TOO_MANY_ROWS' } })
  })
})

describe('a cell that is too long for any field is a problem of its row:', () => {
  test.each<[string, string, string]>([
    ['words', 'title\n', 'x '.repeat(30_000)],
    ['a title with a long gap', 'title\n', `x${' '.repeat(60_000)}y`],
    ['invisible characters', 'title\n', '\u200d'.repeat(60_000)],
    ['labels', TODOIST, `task,${'@a '.repeat(30_000)}b`],
    ['a date', TODOIST, `task,A,${'every day '.repeat(30_000)}`],
  ])('%s', async (_, header, row) => {
    const file = await read(`${header}${row}\n`)
    expect(file).toMatchObject({ value: { tasks: [], problems: [{ row: 2 }] } })
  })

  test('spaces around a text do not count', async () => {
    const spaces = ' '.repeat(60_000)
    expect(await read(`title\n${spaces}A${spaces}\n`)).toMatchObject({ value: { tasks: [{ title: 'A' }] } })
  })
})

test.each([
  ['CSV', () => `title,due_on,due_time,due_zone\n${'A,2026-12-24,09:30,Asia/Tokyo\n'.repeat(1_000)}`],
  ['CSV of one cell', () => `title\n${'A '.repeat(500_000)}`],
  ['JSON', () => JSON.stringify(Array(2_000).fill({ title: 'A', repeat: { rule: 'FREQ=DAILY' } }))],
])('other requests have their turns while %s is read', async (_, text) => {
  let isReading = true
  const reading = read(text()).finally(() => {
    isReading = false
  })
  let turns = 0
  for (; isReading; turns++) await setImmediate()
  expect((await reading).ok).toBe(true)
  expect(turns).toBeGreaterThan(3)
})
