import { describe, expect, test } from 'vitest'
import { ACCOUNTS } from '../../../scripts/demo/accounts.ts'
import { formatRule } from '../repeat/rule.ts'
import { ruleSchema } from '../repeat/rule-schema.ts'
import { readQuickTask } from './read-quick-task.ts'

/** A Wednesday. */
const TODAY = '2026-12-02'
const NOTHING = {
  list: null,
  labels: [],
  priority: 0,
  dueOn: null,
  dueTime: null,
  startOn: null,
  repeat: null,
}

const read = (line: string, today = TODAY) => readQuickTask(line, { today })
const kinds = (line: string) =>
  read(line).tokens.map(({ kind, start, end }) => `${kind}: ${line.slice(start, end)}`)

test('reads each part of a line, with its place', () => {
  const line = 'Pay rent #Home @money p1 every month on the 1st at 9'
  expect(read(line)).toEqual({
    title: 'Pay rent',
    list: 'Home',
    labels: ['money'],
    priority: 1,
    dueOn: '2027-01-01',
    dueTime: '09:00',
    startOn: null,
    repeat: { rule: 'FREQ=MONTHLY;BYMONTHDAY=1', from: 'due' },
    tokens: expect.any(Array),
  })
  expect(kinds(line)).toEqual([
    'list: #Home',
    'label: @money',
    'priority: p1',
    'repeat: every month on the 1st',
    'dueTime: at 9',
  ])
})

describe('a line without a token is a title', () => {
  test.each([
    'Send the March invoice',
    'Plan the offsite in May',
    'Buy now',
    'Review PR 10/12',
    'Prepare slides for Thursday',
    'Prepare slides for 9am friday',
    'Sit in the sun',
    'Call Tom',
    'Update to 24.04',
    'Read chapter 12 at 9',
    'Fix #12 and #',
    'Write to ann@example.com',
    'Pay at the end of every month',
    'Every second counts',
    'Check every 3rd row of the sheet',
    'Clean every second room',
    'Water every first day',
    'Trip mon - fri',
    'Trip 24 dec – 27 dec',
    '1.1. Setup',
    '12.1. Introduction',
    '1. May come back',
    '10. Dec report',
    'Buy milk (for #Home)',
    'Call back [see @phone]',
    'Meet 30 feb',
    'Meet on 31.11.',
    'Meet on 2026-02-29',
    'Water every 0 days',
    'Water every month on the 32nd',
    'Call tomorrow about the heating',
    'Read "Tomorrow at 9 #Books @x p1"',
    'Read “every day” and „tomorrow”',
    'Is "tomorrow"',
    'tomorrow at 9',
    '#Home p1',
    '"',
  ])('%s', (line) => {
    expect(read(line)).toEqual({ title: line, ...NOTHING, tokens: [] })
  })

  const titles = [...ACCOUNTS.values()].flatMap(({ tasks }) => tasks.map(({ title }) => title))
  test.each([...new Set(titles)])('of the demo: %s', (line) => {
    expect(read(line)).toEqual({ title: line, ...NOTHING, tokens: [] })
  })
})

describe.each<[string, string[]]>([
  ['2026-12-02', ['today', 'tod', 'due today', 'Today.', '2 dec', 'on 2.12.', 'Wed, 2 Dec 2026']],
  [
    '2026-12-03',
    ['tomorrow', 'tom', 'TOMORROW', 'by tom', 'thu', 'Thursday', 'on thurs', 'in 1 day', 'in a day'],
  ],
  ['2026-12-09', ['wed', 'wednesday', 'this wed', 'next wed', 'in a week', 'in 7 days']],
  ['2026-12-11', ['fri next week', 'next week friday', 'next week on fri']],
  ['2026-12-07', ['next week', 'next monday', 'mon', 'due on Mon']],
  ['2027-01-01', ['next month', '1 jan', '1st of January', 'jan 1st', '1.1.2027', 'fri 1 jan']],
  [
    '2026-12-24',
    ['24 dec', 'Dec 24', '24th December', '24.12.', '24.12.2026', '2026-12-24', 'on December 24, 2026'],
  ],
  ['2028-02-29', ['29 feb', 'feb 29', '29.2.']],
  ['2027-02-02', ['in 2 months']],
  ['2020-02-29', ['29 feb 2020', '2020-02-29']],
])('%s', (dueOn, forms) => {
  test.each(forms)('is %s at the end and at the start', (form) => {
    expect(read(`Call Bob ${form}`)).toMatchObject({ title: 'Call Bob', dueOn })
    expect(read(`${form} call Bob`)).toMatchObject({ title: 'call Bob', dueOn })
  })
})

test('counts months to their last day, and years from a leap day', () => {
  expect(read('x in 1 month', '2027-01-31').dueOn).toBe('2027-02-28')
  expect(read('x in 1 year', '2028-02-29').dueOn).toBe('2029-02-28')
  expect(read('x 29 feb', '2097-01-01').dueOn).toBe('2104-02-29')
})

test.each<[string, string]>([
  ['at 9', '09:00'],
  ['9:30', '09:30'],
  ['at 17:05', '17:05'],
  ['5pm', '17:00'],
  ['at 5:15 PM', '17:15'],
  ['12am', '00:00'],
  ['12 pm', '12:00'],
  ['noon', '12:00'],
  ['by noon', '12:00'],
])('%s is %s, with a day only', (form, dueTime) => {
  expect(read(`Call Bob fri ${form}`)).toMatchObject({ title: 'Call Bob', dueOn: '2026-12-04', dueTime })
  expect(read(`Call Bob ${form} on fri about it`)).toMatchObject({ title: 'Call Bob about it', dueTime })
  expect(read(`${form} fri call Bob`)).toMatchObject({ title: 'call Bob', dueTime })
  expect(read(`Call Bob ${form}`)).toMatchObject({ title: `Call Bob ${form}`, ...NOTHING })
})

test.each(['at 24', '24:00', '9:60', '13pm', '0am', 'at 13 pm'])('%s is no time', (form) => {
  expect(read(`Call fri ${form}`)).toMatchObject({ title: `Call fri ${form}`, ...NOTHING })
})

test.each<[string, string, string]>([
  ['every day', 'FREQ=DAILY', '2026-12-02'],
  ['every 3 days', 'FREQ=DAILY;INTERVAL=3', '2026-12-02'],
  ['every second day', 'FREQ=DAILY;INTERVAL=2', '2026-12-02'],
  ['every 2nd week', 'FREQ=WEEKLY;INTERVAL=2', '2026-12-02'],
  ['every third month', 'FREQ=MONTHLY;INTERVAL=3', '2026-12-02'],
  ['every weekday', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '2026-12-02'],
  ['every workday', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '2026-12-02'],
  ['every mon-fri', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', '2026-12-02'],
  ['every Saturday to Monday', 'FREQ=WEEKLY;BYDAY=MO,SA,SU', '2026-12-05'],
  ['every mon wed and fri', 'FREQ=WEEKLY;BYDAY=MO,WE,FR', '2026-12-02'],
  ['every weekend', 'FREQ=WEEKLY;BYDAY=SA,SU', '2026-12-05'],
  ['every mon,thu', 'FREQ=WEEKLY;BYDAY=MO,TH', '2026-12-03'],
  ['every thu, Tuesday and mon', 'FREQ=WEEKLY;BYDAY=MO,TU,TH', '2026-12-03'],
  ['every wednesday', 'FREQ=WEEKLY;BYDAY=WE', '2026-12-02'],
  ['every other tue', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', '2026-12-08'],
  ['every 2 weeks', 'FREQ=WEEKLY;INTERVAL=2', '2026-12-02'],
  ['every 2 weeks on fri', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', '2026-12-04'],
  ['every month', 'FREQ=MONTHLY', '2026-12-02'],
  ['every month on the 31st', 'FREQ=MONTHLY;BYMONTHDAY=31', '2026-12-31'],
  ['every 3 months on the 1st and 15th', 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1,15', '2026-12-15'],
  ['every 15th', 'FREQ=MONTHLY;BYMONTHDAY=15', '2026-12-15'],
  ['every month on the last day', 'FREQ=MONTHLY;BYMONTHDAY=-1', '2026-12-31'],
  ['every month on the last fri', 'FREQ=MONTHLY;BYDAY=-1FR', '2026-12-25'],
  ['every last fri', 'FREQ=MONTHLY;BYDAY=-1FR', '2026-12-25'],
  ['every 3rd tue', 'FREQ=MONTHLY;BYDAY=3TU', '2026-12-15'],
  ['every first monday of the month', 'FREQ=MONTHLY;BYDAY=1MO', '2026-12-07'],
  ['every 1st and 3rd friday', 'FREQ=MONTHLY;BYDAY=1FR,3FR', '2026-12-04'],
  ['every last and first mon', 'FREQ=MONTHLY;BYDAY=1MO,-1MO', '2026-12-07'],
  ['every month on the 2nd and 4th tue', 'FREQ=MONTHLY;BYDAY=2TU,4TU', '2026-12-08'],
  ['every second and fourth tue of the month', 'FREQ=MONTHLY;BYDAY=2TU,4TU', '2026-12-08'],
  ['every 2nd day of the month', 'FREQ=MONTHLY;BYMONTHDAY=2', '2026-12-02'],
  ['every third of the month', 'FREQ=MONTHLY;BYMONTHDAY=3', '2026-12-03'],
  ['every month the 15th', 'FREQ=MONTHLY;BYMONTHDAY=15', '2026-12-15'],
  ['every 5th tue', 'FREQ=MONTHLY;BYDAY=5TU', '2026-12-29'],
  ['every year', 'FREQ=YEARLY', '2026-12-02'],
  ['every year on 24 dec', 'FREQ=YEARLY', '2026-12-24'],
  ['every 24 dec', 'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24', '2026-12-24'],
  ['every feb 29', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', '2027-02-28'],
  ['every day fri', 'FREQ=DAILY', '2026-12-04'],
  ['every day from 24 dec', 'FREQ=DAILY', '2026-12-24'],
  ['every day starting 24 dec', 'FREQ=DAILY', '2026-12-24'],
])('%s is %s, first on %s', (form, rule, dueOn) => {
  expect(read(`Water ${form}`)).toMatchObject({ title: 'Water', repeat: { rule, from: 'due' }, dueOn })
  expect(formatRule(ruleSchema.parse(rule))).toBe(rule)
  const fromCompletion = form.toUpperCase().replace('EVERY', 'EVERY!')
  expect(read(`Water ${fromCompletion}`)).toMatchObject({ repeat: { rule, from: 'completion' }, dueOn })
})

test('"ev" is short for every, and "EV" is a car', () => {
  expect(read('Water ev! 3 days')).toMatchObject({
    title: 'Water',
    repeat: { rule: 'FREQ=DAILY;INTERVAL=3', from: 'completion' },
  })
  expect(read('Charge the EV mon')).toMatchObject({ title: 'Charge the EV', repeat: null })
})

test.each([
  ['until fri', 'UNTIL=20261204'],
  ['till 24 dec', 'UNTIL=20261224'],
  ['ending on 24.12.2027', 'UNTIL=20271224'],
  ['through next week mon,', 'UNTIL=20261207'],
  ['10 times', 'COUNT=10'],
  ['for 2 times', 'COUNT=2'],
])('a repetition ends as "%s" describes it', (words, part) => {
  const task = { title: 'Take the pill', dueOn: TODAY, repeat: { rule: `FREQ=DAILY;${part}`, from: 'due' } }
  for (const line of [`Take the pill every day ${words}`, `Every day ${words} take the pill`])
    expect(read(line.replace('take the pill', 'Take the pill'))).toMatchObject(task)
  expect(read(`Read "every day ${words}"`)).toMatchObject({ repeat: null })
})

test('a day or a number that ends no repetition stays in the title', () => {
  for (const words of ['until I come back', 'until 30 feb', 'for 30 minutes', 'for 3 weeks', '10 timesheets'])
    expect(read(`Walk every day ${words}`)).toMatchObject({
      title: `Walk ${words}`,
      repeat: { rule: 'FREQ=DAILY' },
    })
  const past = { repeat: { rule: 'FREQ=WEEKLY;BYDAY=MO' }, dueOn: '2026-12-07' }
  for (const words of ['until 2026-12-01', 'until fri'])
    expect(read(`Walk every mon ${words}`)).toMatchObject({ ...past, title: `Walk ${words}` })
})

test('a day that is left out of a repetition is not its first one', () => {
  for (const words of ['except fri', 'but not fri', 'excluding fri'])
    expect(read(`Take the pill every day ${words}`)).toMatchObject({
      title: `Take the pill ${words}`,
      dueOn: TODAY,
    })
})

test('a repetition from the last days of the calendar begins there', () => {
  expect(read('Water every mon from 9999-12-31').dueOn).toBe('9999-12-31')
  expect(read('Water in 999 years', '9999-12-31').title).toBe('Water in 999 years')
})

test('the 31st of a shorter month is its last day', () => {
  expect(read('Water every 31st', '2026-11-02').dueOn).toBe('2026-11-30')
})

test('each kind counts once, at the start before the end, and there before the middle', () => {
  expect(read('Tomorrow prepare the talk fri')).toMatchObject({
    title: 'prepare the talk fri',
    dueOn: '2026-12-03',
  })
  expect(read('Prepare on mon the talk fri')).toMatchObject({
    title: 'Prepare on mon the talk',
    dueOn: '2026-12-04',
  })
  expect(read('Meet on mon at 9 in town')).toMatchObject({ title: 'Meet in town', dueTime: '09:00' })
  expect(read('Yoga every monday at 9 and thursday at 10')).toMatchObject({
    title: 'Yoga and thursday at 10',
    dueTime: '09:00',
  })
  expect(read('Visit at 3 flats tomorrow')).toMatchObject({ title: 'Visit at 3 flats', dueTime: null })
  expect(read('Pay #a #b p1 p2')).toMatchObject({ title: 'Pay #b p2', list: 'a', priority: 1 })
  expect(read('Pay @a @b @a')).toMatchObject({ title: 'Pay @a', labels: ['a', 'b'] })
  expect(read('Pay @cafe\u0301 @caf\u00e9')).toMatchObject({ labels: ['caf\u00e9'] })
})

test('reads a day from which a task is possible', () => {
  expect(read('Book seats from 24 dec')).toMatchObject({
    title: 'Book seats',
    startOn: '2026-12-24',
    dueOn: null,
  })
})

test('names may be quoted, and end before punctuation', () => {
  expect(read('Pay #"Two words", @“per month”.')).toMatchObject({ list: 'Two words', labels: ['per month'] })
  expect(read('Pay #Hôme, now @日本 @🏠')).toMatchObject({
    list: 'Hôme',
    labels: ['日本', '🏠'],
    title: 'Pay now',
  })
  const long = `Pay #${'x'.repeat(101)} @${'x'.repeat(51)}`
  expect(read(long).title).toBe(long)
  const labels = Array.from({ length: 51 }, (_, index) => `@label${index}`)
  expect(read(`Pay ${labels.join(' ')}`)).toMatchObject({ title: 'Pay @label50', labels: { length: 50 } })
})

test.each<[string, number]>([
  ['p1', 1],
  ['P2', 2],
  ['p3', 3],
  ['p1,', 1],
  ['p2.', 2],
  ['!!!', 1],
  ['!!', 2],
  ['!', 3],
])('%s is priority %i', (form, priority) => {
  expect(read(`Pay ${form} rent`)).toMatchObject({ title: 'Pay rent', priority })
})

test('a token that was taken back stays in the title, and another one may count in its place', () => {
  const reading = { today: TODAY, ignored: ['Tomorrow', 'every day at'] }
  expect(readQuickTask('Tomorrow plan every day fri', reading)).toMatchObject({
    title: 'Tomorrow plan',
    dueOn: '2026-12-04',
    repeat: { rule: 'FREQ=DAILY' },
  })
  expect(readQuickTask('Read every day', { today: TODAY, ignored: ['every day'] })).toMatchObject({
    title: 'Read every day',
    ...NOTHING,
  })
})

test('a token that was taken back takes none of the others with it', () => {
  const ignored = ['@phone', 'today']
  expect(readQuickTask('Call Bob tomorrow @phone', { today: TODAY, ignored })).toMatchObject({
    title: 'Call Bob @phone',
    dueOn: '2026-12-03',
  })
  expect(readQuickTask('today tomorrow read', { today: TODAY, ignored })).toMatchObject({
    title: 'today read',
    dueOn: '2026-12-03',
  })
})

test('a comma or a dash in front of a token goes with it, and spaces within the title stay', () => {
  expect(read('Milk,  bread,  tomorrow').title).toBe('Milk,  bread')
  expect(read('Pay tomorrow, p1, #Home.')).toMatchObject({ title: 'Pay', list: 'Home', dueOn: '2026-12-03' })
  expect(read('Buy milk - tomorrow')).toMatchObject({ title: 'Buy milk', dueOn: '2026-12-03' })
  expect(read('Buy (milk) #Home(2)')).toMatchObject({ title: 'Buy (milk)', list: 'Home(2)' })
  expect(read('Tomorrow, milk, p1 and bread').title).toBe('milk and bread')
  expect(read(' tomorrow , p1 ').title).toBe('tomorrow , p1')
})

test('a title and a name have something to see', () => {
  expect(read('\u200b tomorrow')).toMatchObject({ title: '\u200b tomorrow', ...NOTHING })
  expect(read('Water #"\u2066" @"\u3164"')).toMatchObject({ title: 'Water #"\u2066" @"\u3164"', ...NOTHING })
})
