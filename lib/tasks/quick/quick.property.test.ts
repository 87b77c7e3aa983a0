import fc from 'fast-check'
import { expect, test } from 'vitest'
import { processorMs } from '#lib/testing/processor-time.ts'
import { isVisible } from '#lib/visible-text.ts'
import { isDay } from '../day.ts'
import type { QuickTask } from './quick-task.ts'
import { readQuickTask } from './read-quick-task.ts'
import { splitLines } from './split-words.ts'

const TODAY = '2026-12-02'
const QUOTES = /["“”„«»]/

const WORDS = [
  'Call|and|the|#Home|@money|@a|p1|!!|#|,|Tom|today|tom|mon|Friday,|next week|next|in 3 days|24 dec|may|24.12.|2026-12-24',
  'at 9|at|9:30|5|pm|5pm|noon|on|by|due|from|from tod|30 feb|the 1st|from 9999-12-31',
  'ev|every|every day|every second|-|except|until|10 times|for 2 weeks|starting|every! 2 weeks on mon,|every month|on the 31st|every last fri|every 24 dec',
].flatMap((words) => words.split('|'))
const word = fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'grapheme', maxLength: 6 }))
const line = fc.oneof(
  fc.array(word, { maxLength: 12 }).map((words) => words.join(' ')),
  fc.string({ unit: 'binary', maxLength: 60 }),
)

const name = fc
  .oneof(
    fc.constantFrom('Home', 'Two words', 'p1', '12', 'a,', 'tomorrow'),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  )
  .map((text) => text.trim())
  .filter((text) => isVisible(text) && !QUOTES.test(text))
const day = fc
  .date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const time = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))

/** A rule in words. */
type Spoken = { words: string; rule: string }
const interval = fc.integer({ min: 2, max: 999 })
const weekdays = fc.subarray(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], { minLength: 1 })
const NAMES: Record<string, string> = {
  MO: 'mon',
  TU: 'Tuesday',
  WE: 'wed',
  TH: 'thurs',
  FR: 'Fri',
  SA: 'sat',
  SU: 'sunday',
}
const ORDINALS = ['first', '2nd', '3rd', '4th', '5th']
const days: fc.Arbitrary<Spoken> = fc.oneof(
  fc.constantFrom(
    { words: 'day', rule: 'FREQ=DAILY' },
    { words: 'year', rule: 'FREQ=YEARLY' },
    { words: 'month', rule: 'FREQ=MONTHLY' },
    { words: 'last day', rule: 'FREQ=MONTHLY;BYMONTHDAY=-1' },
  ),
  interval.map((count) => ({ words: `${count} days`, rule: `FREQ=DAILY;INTERVAL=${count}` })),
  fc.tuple(interval, weekdays).map(([count, days]) => ({
    words: `${count} weeks on ${days.map((one) => NAMES[one]).join(' and ')}`,
    rule: `FREQ=WEEKLY;INTERVAL=${count};BYDAY=${days.join()}`,
  })),
  weekdays.map((days) => ({
    words: days.map((one) => NAMES[one]).join(', '),
    rule: `FREQ=WEEKLY;BYDAY=${days.join()}`,
  })),
  fc
    .integer({ min: 1, max: 31 })
    .map((date) => ({ words: `month on the ${date}th`, rule: `FREQ=MONTHLY;BYMONTHDAY=${date}` })),
  fc.tuple(fc.nat(4), fc.constantFrom('MO', 'FR', 'SU')).map(([nth, weekday]) => ({
    words: `${ORDINALS[nth]} ${NAMES[weekday]}`,
    rule: `FREQ=MONTHLY;BYDAY=${nth + 1}${weekday}`,
  })),
)
const end: fc.Arbitrary<Spoken> = fc.oneof(
  fc.constant({ words: '', rule: '' }),
  fc.integer({ min: 1, max: 999 }).map((count) => ({ words: ` ${count} times`, rule: `;COUNT=${count}` })),
  // Later than the first day of any of the rules.
  day
    .filter((date) => date > '2029')
    .map((date) => ({ words: ` until ${date}`, rule: `;UNTIL=${date.replaceAll('-', '')}` })),
)
const spoken: fc.Arbitrary<Spoken> = fc
  .tuple(days, end)
  .map(([first, last]) => ({ words: first.words + last.words, rule: first.rule + last.rule }))

type Described = Omit<QuickTask, 'tokens'> & { every: string }
/** As it is read. */
const nfcName = name.map((text) => text.normalize('NFC'))
const task: fc.Arbitrary<Described> = fc
  .record({
    title: line.map((text) => text.trim()).filter(isVisible),
    list: fc.option(nfcName),
    labels: fc.uniqueArray(nfcName, { maxLength: 20 }),
    priority: fc.nat(3),
    dueOn: fc.option(day),
    dueTime: fc.option(time),
    startOn: fc.option(day),
    spoken: fc.option(spoken),
    from: fc.constantFrom('due', 'completion'),
  })
  .map(({ spoken, from, ...fields }) => {
    const repeat = spoken && fields.dueOn ? { rule: spoken.rule, from } : null
    const dueTime = fields.dueOn && fields.dueTime
    return { ...fields, dueTime, repeat, every: spoken?.words ?? '' }
  })

/** A line for a task, and the texts in its title that are to be ignored. A day is last: it does not continue the title. */
function printTask({ title, list, labels, priority, dueOn, dueTime, startOn, repeat, every }: Described) {
  const quoted = (text: string) => (/^\p{L}[\p{L}\p{N}]*$/u.test(text) ? text : `"${text}"`)
  const tokens = [
    ...(repeat ? [`every${repeat.from === 'completion' ? '!' : ''} ${every}`] : []),
    ...(startOn ? [`from ${startOn}`] : []),
    ...(dueTime ? [`at ${dueTime}`] : []),
    ...(dueOn ? [`on ${dueOn}`] : []),
    ...(list ? [`#${quoted(list)}`] : []),
    ...labels.map((label) => `@${quoted(label)}`),
    ...(priority ? [`p${priority}`] : []),
  ]
  const text = [...tokens, title].join(' ')
  const ignored: string[] = []
  for (;;) {
    const isAll = readQuickTask(text, { today: TODAY, ignored }).title === text
    // Where all is tokens, none is returned. With an "x" they are.
    const read = isAll ? [...tokens, 'x', title].join(' ') : text
    const found = readQuickTask(read, { today: TODAY, ignored }).tokens
    const ofTitle = found.filter(({ start }) => start >= read.length - title.length)
    const inTitle = ofTitle.map(({ start, end }) => read.slice(start, end))
    if (inTitle.length === 0) return { text, ignored }
    ignored.push(...inTitle)
  }
}

test('what is written for a task is read as that task', () => {
  fc.assert(
    fc.property(task, (described) => {
      const { text, ignored } = printTask(described)
      const { tokens: _, ...read } = readQuickTask(text, { today: TODAY, ignored })
      const { every: __, ...expected } = described
      expect(read).toEqual(expected)
    }),
    { numRuns: 500 },
  )
})

test('any line is a task: a title, tokens in order that do not overlap, and values that exist', () => {
  fc.assert(
    fc.property(line, fc.subarray(['tom', 'every day', 'at 9', '#Home', 'on mon']), (text, ignored) => {
      const { title, tokens, dueOn, startOn, dueTime, labels } = readQuickTask(text, {
        today: TODAY,
        ignored,
      })
      expect(title === '').toBe(text.trim() === '')
      let from = 0
      for (const { start, end } of tokens) {
        expect(start).toBeGreaterThanOrEqual(from)
        expect(end).toBeGreaterThan(start)
        expect(text.slice(start, end)).toBe(text.slice(start, end).trim())
        expect(ignored).not.toContain(text.slice(start, end))
        from = end
      }
      expect(from).toBeLessThanOrEqual(text.length)
      for (const one of [dueOn, startOn]) expect(one === null || isDay(one)).toBe(true)
      expect(dueTime ?? '00:00').toMatch(/^([01]\d|2[0-3]):[0-5]\d$/)
      expect(dueTime !== null && dueOn === null).toBe(false)
      expect(new Set(labels).size).toBe(labels.length)
    }),
    { numRuns: 1000 },
  )
})

test('quoted text stays in the title as it is', () => {
  const unquoted = line.filter((text) => !QUOTES.test(text))
  fc.assert(
    fc.property(unquoted, unquoted, unquoted, (before, quoted, after) => {
      const text = `${before} "${quoted}" ${after}`
      expect(readQuickTask(text, { today: TODAY }).title).toContain(`"${quoted}"`)
    }),
    { numRuns: 500 },
  )
})

test('splits a text into its lines', () => {
  expect(splitLines(' Milk \r\n\r\n \nBread tomorrow\u2028Eggs')).toEqual(['Milk', 'Bread tomorrow', 'Eggs'])
})

const HOSTILE = [
  ...[
    'a',
    '"',
    '“',
    '#',
    '@a',
    '#a ',
    '@b1 @b2 ',
    ',',
    '1',
    '1 ',
    '. ',
    'every ',
    'every mon, and ',
    'mon,',
    'mon, ',
    'mon ',
    'mon - ',
    '1st ',
    'last and ',
    'thu, 24 dec ',
  ],
  ...[
    'every month on the 1st ',
    '1st and ',
    'at 9 ',
    'on ',
    'in 1 ',
    '24 dec 2026 ',
    'tomorrow ',
    'from tom ',
    '"a ',
    '!',
  ],
]
test.each(HOSTILE)('50,000 characters of %j take no more than their share of time', (piece) => {
  const text = piece.repeat(50_000 / piece.length)
  const time = processorMs(() => {
    readQuickTask(text, { today: TODAY })
    readQuickTask(`every ${text}x`, { today: TODAY, ignored: splitLines(text.replaceAll(' ', '\n')) })
  })
  // A pattern that backtracks needs many seconds for it.
  expect(time).toBeLessThan(1000)
})
