import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readImport } from './read-import.ts'

const READING = { now: new Date('2026-11-28T10:00:00Z'), today: '2026-11-28', timeZone: 'Europe/Berlin' }
const TODOIST =
  'TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT,DEADLINE,DEADLINE_LANG'

const read = (file: string | Uint8Array) =>
  readImport(typeof file === 'string' ? new TextEncoder().encode(file) : file, READING)
const readFile = async (file: string | Uint8Array) => {
  const result = await read(file)
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}
const code = async (file: string | Uint8Array) => {
  const result = await read(file)
  return result.ok ? null : result.error.code
}
const todoist = (...rows: string[]) => readFile([TODOIST, ...rows].join('\r\n'))

describe('a file of Todoist', () => {
  test('gives tasks with lists, labels, priorities, dates and notes', async () => {
    const { format, tasks, problems } = await todoist(
      'meta,view_style=list,,,,,,,,,,,,',
      'task,Repot the basil @garden @weekend,"A pot, from the shed",1,1,Kai (1),,Oct 5 2026,en,Europe/Berlin,30,minute,,',
      'task,Buy compost,,4,2,Kai (1),,,en,Europe/Berlin,,None,,',
      'note,Get the peat-free one,,,,Kai (1),,,,,,,,',
      ',,,,,,,,,,,,,',
      'section,Weekly,,,,,,,,,,,,',
      'task,Water the ferns,,2,1,Kai (1),,every monday at 9am,en,Africa/Cairo,15,minute,,',
      'task,"Order seeds, ""heirloom""",,3,1,,,tomorrow 18:00,en,Europe/Berlin,,,Dec 9 2026,en',
      'task,@alone,,,1,,,,en,,,,2026-12-24,en',
    )
    expect(problems).toEqual([])
    expect(format).toBe('todoist')
    expect(tasks).toMatchObject([
      {
        title: 'Repot the basil',
        description: 'A pot, from the shed',
        labels: ['garden', 'weekend'],
        priority: 1,
        dueOn: '2026-10-05',
        dueTime: null,
        list: null,
      },
      { title: 'Buy compost', priority: 0, dueOn: null },
      {
        title: 'Water the ferns',
        list: 'Weekly',
        priority: 2,
        dueOn: '2026-11-30',
        dueTime: '09:00',
        dueZone: 'Africa/Cairo',
        repeat: { rule: 'FREQ=WEEKLY;BYDAY=MO', from: 'due' },
        repeatAnchor: '2026-11-30',
      },
      {
        title: 'Order seeds, "heirloom"',
        dueTime: '18:00',
        dueZone: null,
        description: 'Deadline: Dec 9 2026',
      },
      { title: '@alone', labels: [], priority: 0, dueOn: '2026-12-24' },
    ])
    expect(tasks[1]?.description).toBe('Part of: Repot the basil\n\nGet the peat-free one')
  })

  test.each([
    ['every day', { repeat: { rule: 'FREQ=DAILY', from: 'due' }, dueOn: '2026-11-28' }],
    ['daily', { repeat: { rule: 'FREQ=DAILY' } }],
    ['every! 2 weeks', { repeat: { rule: 'FREQ=WEEKLY;INTERVAL=2', from: 'completion' } }],
    ['ev mon, thu at 9:30', { repeat: { rule: 'FREQ=WEEKLY;BYDAY=MO,TH' }, dueTime: '09:30' }],
    ['everyday at 9', { repeat: { rule: 'FREQ=DAILY' }, dueTime: '09:00' }],
    ['every 15', { repeat: { rule: 'FREQ=MONTHLY;BYMONTHDAY=15' } }],
    ['ev workday', { repeat: { rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR' } }],
    ['every day starting 2026-12-10', { startOn: '2026-12-10', dueOn: '2026-12-10' }],
    ['Thu, 31 Dec 2026', { dueOn: '2026-12-31' }],
    ['2026-12-31 10:00:00', { dueOn: '2026-12-31', dueTime: '10:00' }],
    ['2026-10-06 15:30', { dueOn: '2026-10-06', dueTime: '15:30', repeat: null }],
    ['2 Jan 2025', { dueOn: '2025-01-02' }],
    ['10 Apr 17:15', { dueOn: '2027-04-10', dueTime: '17:15' }],
    ['next tuesday at noon', { dueOn: '2026-12-01', dueTime: '12:00' }],
    ['no date', { dueOn: null }],
  ])('reads the date “%s”', async (date, expected) => {
    const { tasks, problems } = await todoist(`task,A,,4,1,,,"${date}",en,,,,,`)
    expect(problems).toEqual([])
    expect(tasks).toMatchObject([expected])
  })

  test('names what is wrong by line and column, and takes the rest', async () => {
    const { tasks, problems } = await todoist(
      'task,"First\nwith a second line",,4,1,,,,,,,,,',
      'task,A,,4,1,,,when it rains,en,,,,,',
      'note,of a task that was left out,,,,,,,,,,,,',
      'task,A,,5,1,,,,,,,,,',
      '',
      'tusk,A,,4,1,,,,,,,,,',
      'task,   ,,4,1,,,,,,,,,',
      `task,${'x'.repeat(501)},,4,1,,,,,,,,,`,
      `task,A,${'x'.repeat(5001)},4,1,,,,,,,,,`,
      'task,A,,4,1,,,today at 9,en,Mars/Olympus,,,,',
      `section,${'x'.repeat(101)},,,,,,,,,,,,`,
      'task,A,,4,1,,,today #Home p1,en,,,,,',
      'task,A,,4,1,,,,,,,,,,more',
      'task,Last,,4,1,,,,,,,,,',
    )
    expect(tasks.map(({ title }) => title)).toEqual(['First\nwith a second line', 'Last'])
    expect(problems).toMatchObject([
      { row: 4, column: 'DATE', issue: 'is not a date that we can read: “when it rains”' },
      { row: 5, column: 'TYPE' },
      { row: 6, column: 'PRIORITY', issue: 'must be 1, 2, 3 or 4' },
      { row: 8, column: 'TYPE' },
      { row: 9, column: 'CONTENT', issue: 'must not be empty' },
      { row: 10, column: 'CONTENT', issue: 'must be at most 500 characters long' },
      { row: 11, column: 'DESCRIPTION' },
      { row: 12, column: 'TIMEZONE' },
      { row: 13, column: 'CONTENT' },
      { row: 14, column: 'DATE' },
      { row: 15, column: 'cell 15' },
    ])
  })

  test('a section or a task that is left out still ends the one above it', async () => {
    const { tasks, problems } = await todoist(
      'section,Home,,,,,,,,,,,,',
      `task,${'A'.repeat(500)},,4,1,,,,,,,,,`,
      'task,Below,,4,2,,,,,,,,,',
      `task,${'x'.repeat(501)},,4,1,,,,,,,,,`,
      'task,B,,4,2,,,,,,,,,',
      `section,${'x'.repeat(101)},,,,,,,,,,,,`,
      'note,of the section,,,,,,,,,,,,',
      'task,C,,4,1,,,no date,en,,,,2026-12-24,en',
    )
    expect(problems.map(({ row }) => row)).toEqual([5, 7, 8])
    expect(tasks).toMatchObject([
      { list: 'Home', description: null },
      { title: 'Below', description: `Part of: ${'A'.repeat(500)}` },
      { title: 'B', list: 'Home', description: `Part of: ${'x'.repeat(40)}…` },
      { title: 'C', list: null, description: null, dueOn: '2026-12-24' },
    ])
  })

  test('is read with a byte order mark, line feeds, semicolons or tabs', async () => {
    const rows = ['\uFEFFTYPE;CONTENT;PRIORITY', 'task;"Milk; two";1', 'task;Bread;4', '']
    for (const text of [rows.join('\n'), rows.join('\r\n'), rows.join('\r\n').replaceAll(/;(?! )/g, '\t')]) {
      const { tasks, problems } = await readFile(text)
      expect(problems).toEqual([])
      expect(tasks).toMatchObject([
        { title: 'Milk; two', priority: 1 },
        { title: 'Bread', priority: 0 },
      ])
    }
  })

  test('an unclosed quotation mark takes the rest of the file', async () => {
    const { tasks, problems } = await readFile('TYPE,CONTENT\ntask,A\ntask,"B\ntask,C\n')
    expect(tasks).toMatchObject([{ title: 'A' }])
    expect(problems).toEqual([{ row: 3, column: 'line', issue: 'has a quotation mark that is never closed' }])
  })
})

describe('our own CSV', () => {
  test('needs a title alone, and takes defused formulas as they were', async () => {
    const { format, tasks } = await readFile(`title\n"'=1+1"\nMilk\n`)
    expect(format).toBe('csv')
    expect(tasks).toMatchObject([
      { title: '=1+1', priority: 0, labels: [], completedAt: null },
      { title: 'Milk' },
    ])
  })

  test('may have line breaks of several kinds, also in cells, and empty lines at its start', async () => {
    const { tasks, problems } = await readFile(
      '\n \ntitle,due_on\r\n"A\r\nB",x\r\nC,\n"D","2026-12-24"\rE,y\n',
    )
    expect(tasks).toMatchObject([{ title: 'C' }, { title: 'D', dueOn: '2026-12-24' }])
    expect(problems).toMatchObject([
      { row: 4, column: 'due_on' },
      { row: 8, column: 'due_on' },
    ])
  })

  test('takes the first of two columns with one name, and names the other', async () => {
    const { tasks, problems } = await readFile('title,Title,list\nA,B,Home\n')
    expect(tasks).toMatchObject([{ title: 'A', list: 'Home' }])
    expect(problems).toMatchObject([{ row: 1, column: 'Title' }])
  })

  test('gives every field', async () => {
    const { tasks, problems } = await readFile(
      [
        'title,list,due_on,due_time,due_zone,priority,labels,repeat,repeat_from,repeat_anchor,is_completed,completed_at,created_at,id',
        '"A","Home","2026-02-28","09:00","Europe/Paris","1","x\\, y, z\\\\","FREQ=MONTHLY","completion","2026-01-31","true","2026-03-01T08:00:00.000Z","2026-01-01T00:00:00Z","9"',
        'B,,,,,,,FREQ=DAILY,,,false,,,',
        'C,,,,,,,,,,TRUE,,2999-01-01T00:00:00Z,',
      ].join('\r\n'),
    )
    expect(problems).toEqual([])
    expect(tasks).toMatchObject([
      {
        list: 'Home',
        dueOn: '2026-02-28',
        dueTime: '09:00',
        dueZone: 'Europe/Paris',
        priority: 1,
        labels: ['x, y', 'z\\'],
        repeat: { rule: 'FREQ=MONTHLY', from: 'completion' },
        repeatAnchor: '2026-01-31',
        completedAt: new Date('2026-03-01T08:00:00Z'),
        createdAt: new Date('2026-01-01T00:00:00Z'),
      },
      { repeat: { from: 'due' }, dueOn: '2026-11-28', completedAt: null },
      { completedAt: READING.now, createdAt: READING.now },
    ])
  })

  test.each([
    ['due_on', '2026-02-30'],
    ['due_time', '25:00'],
    ['due_time', '09:00'],
    ['due_zone', 'Mars/Olympus'],
    ['start_on', 'soon'],
    ['priority', '4'],
    ['labels', 'x'.repeat(51)],
    ['labels', Array.from({ length: 51 }, (_, n) => `l${n}`).join(',')],
    ['repeat', 'FREQ=OFTEN'],
    ['repeat', 'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6'],
    ['repeat', 'FREQ=DAILY;UNTIL=20200101'],
    ['is_completed', 'perhaps'],
    ['completed_at', '1812-06-24T00:00:00Z'],
    ['created_at', 'yesterday'],
    ['list', 'x'.repeat(101)],
    ['title', 'a\0b'],
  ])('names a wrong %s', async (column, cell) => {
    const columns = column === 'title' ? ['title', 'list'] : ['title', column]
    const cells = column === 'title' ? [cell, ''] : ['A', cell]
    const { tasks, problems } = await readFile(`${columns.join()}\n"${cells.join('","')}"\nB\n`)
    expect(problems).toMatchObject([{ row: 2, column }])
    expect(tasks).toMatchObject([{ title: 'B' }])
  })
})

describe('our own JSON', () => {
  test('is an export, an array of tasks, or a part of the download of all data', async () => {
    const tasks = [{ title: 'A', list: 'Home', unknown: [{}], priority: 2, is_completed: true }]
    for (const value of [tasks, { lists: [], tasks }]) {
      expect(await readFile(JSON.stringify(value))).toMatchObject({
        format: 'json',
        tasks: [{ title: 'A', list: 'Home', priority: 2, completedAt: READING.now }],
      })
    }
    const lists = [{ id: '1', name: 'Old', archived_at: '2026-01-01T00:00:00Z' }, { name: 7 }, null]
    expect(await readFile(JSON.stringify({ lists, tasks: [{ title: 'A', list_id: '1' }] }))).toMatchObject({
      lists: [{ name: 'Old', archivedAt: new Date('2026-01-01T00:00:00Z') }],
      tasks: [{ list: 'Old' }],
    })
  })

  test('names wrong tasks by their number and field', async () => {
    const tasks = [
      {},
      7,
      null,
      { title: 'A', labels: [1] },
      { title: 'A', repeat: { rule: 'x' } },
      { title: 'B' },
    ]
    const { problems, tasks: taken } = await readFile(JSON.stringify({ tasks }))
    expect(problems.map(({ row, column }) => `${row} ${column}`)).toEqual([
      '1 title',
      '2 task',
      '3 task',
      '4 labels.0',
      '5 repeat.rule',
    ])
    expect(taken).toMatchObject([{ title: 'B' }])
  })

  test('describes each wrong value in words of our own', async () => {
    const fields = [
      ...['title', 'description', 'list', 'due_on', 'due_time', 'due_zone', 'start_on', 'priority', 'labels'],
      ...['repeat', 'is_completed', 'completed_at', 'created_at', 'repeat_anchor', 'series_id', 'position'],
    ]
    const values = [null, 7, 'x', true, [], [7], {}, { rule: 7 }, { rule: 'FREQ=DAILY', from: 7 }]
    const tasks = [
      ...values,
      ...fields.flatMap((field) => values.map((value) => ({ title: 'A', [field]: value }))),
    ]
    const { problems } = await readFile(JSON.stringify({ lists: values, tasks }))
    expect(problems.length).toBeGreaterThan(50)
    expect(problems.filter(({ issue }) => /Invalid|expected|undefined/.test(issue))).toEqual([])
  })
})

describe('a file as a whole', () => {
  test.each([
    ['FILE_EMPTY', ''],
    ['FILE_EMPTY', '\uFEFF \r\n'],
    ['FILE_NOT_UTF8', Buffer.from('title\nGr\u00fc\u00dfe\n', 'latin1')],
    ['FILE_NOT_UTF8', Buffer.from('\uFEFFtitle\nA\n', 'utf16le')],
    ['FILE_UNKNOWN', 'just some text'],
    ['FILE_UNKNOWN', '"never closed'],
    ['FILE_UNKNOWN', '{"tasks":{}}'],
    ['FILE_NOT_JSON', '{"tasks":['],
    ['FILE_NOT_JSON', '['.repeat(1_000_000)],
    ['FILE_UNKNOWN', `{"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}`],
    ['FILE_WITHOUT_ROWS', `${TODOIST}\n`],
    ['FILE_WITHOUT_ROWS', 'title\r\n,\r\n\r\n'],
    ['FILE_WITHOUT_ROWS', '[]'],
    ['FILE_TOO_MANY_ROWS', `title\n${'A\n'.repeat(20_001)}`],
    ['FILE_TOO_MANY_ROWS', JSON.stringify(Array(20_001).fill({ title: 'A' }))],
  ])('is refused with %s', async (expected, file) => {
    expect(await code(file)).toBe(expected)
  })

  test('a cell of 1 MB and a NUL are problems of their rows', async () => {
    const { problems, tasks } = await readFile(`title\n${'x'.repeat(1_000_000)}\na\0b\nC`)
    expect(problems).toMatchObject([{ row: 2 }, { row: 3, issue: 'must not contain broken characters' }])
    expect(tasks).toHaveLength(1)
  })

  test('the sample in docs/ has one date that cannot be read', async () => {
    const { tasks, problems } = await readFile(readFileSync('docs/sample-import.csv'))
    expect(tasks).toHaveLength(20)
    expect(problems).toMatchObject([{ row: 25, column: 'DATE' }])
  })
})

test('no text and no bytes make a reader throw', async () => {
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('task', 'note', 'section', '"', 'every day'),
  )
  const csv = fc
    .tuple(fc.constantFrom(TODOIST, 'title,labels,repeat,due_on,completed_at'), fc.array(fc.array(cell)))
    .map(([head, rows]) => [head, ...rows.map((row) => row.join())].join('\n'))
  const json = fc.anything({ withNullPrototype: true }).map((value) => JSON.stringify([value]) ?? '')
  const tasks = fc.json().map((value) => `{"tasks":[${value}],"lists":[${value}]}`)
  const text = fc.oneof(fc.string({ unit: 'binary' }), csv, json, tasks)
  const file = fc.oneof(
    text.map((some) => Buffer.from(some)),
    fc.uint8Array(),
  )
  await fc.assert(
    fc.asyncProperty(file, async (bytes) => void (await read(bytes))),
    { numRuns: 400 },
  )
})
