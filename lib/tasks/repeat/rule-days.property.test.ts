import fc from 'fast-check'
import { expect, test } from 'vitest'
import { processorMs } from '#lib/testing/processor-time.ts'
import { addDays, dayNumber } from '../day.ts'
import { formatRule, type Rule, type Weekday } from './rule.ts'
import { dayAfter } from './rule-days.ts'
import { ruleSchema } from './rule-schema.ts'

const SCANNED_DAYS = 2500

const day = fc
  .integer({ min: dayNumber('1999-01-01'), max: dayNumber('2105-12-31') })
  .map((n) => addDays('1970-01-01', n))
const few = <T>(item: fc.Arbitrary<T>) => fc.array(item, { maxLength: 3 })
const weekday: fc.Arbitrary<Weekday> = fc.record({
  nth: fc.constantFrom(0, 0, 1, 2, 4, 5, -1, -2),
  day: fc.nat(6),
})

/** Rules that `ruleSchema` lets in, and that it has written. */
const rule: fc.Arbitrary<Rule> = fc
  .record({
    frequency: fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
    interval: fc.integer({ min: 1, max: 5 }),
    months: few(fc.integer({ min: 1, max: 12 })),
    monthDays: few(
      fc.oneof(fc.integer({ min: 1, max: 31 }), fc.integer({ min: -28, max: -1 }), fc.constant(31)),
    ),
    weekdays: few(weekday),
    positions: fc.oneof(fc.constant([]), few(fc.constantFrom(1, 2, 5, -1, -2))),
    until: fc.option(day),
    count: fc.constant(null),
  })
  .map((parts) => ruleSchema.safeParse(formatRule(parts as Rule)).data)
  .filter((rule) => rule !== undefined)

/** Whether a day is one of a rule, by a scan of its month or year. */
function isDayOf(rule: Rule, { anchor, day }: { anchor: string; day: string }): boolean {
  const { frequency, interval, positions } = rule
  const [date, start] = [new Date(day), new Date(anchor)]
  if (rule.until !== null && day > rule.until) return false
  if (frequency === 'DAILY') return (dayNumber(day) - dayNumber(anchor)) % interval === 0
  if (frequency === 'WEEKLY') {
    const weeks = (dayNumber(mondayOf(day)) - dayNumber(mondayOf(anchor))) / 7
    const weekdays = rule.weekdays.length > 0 ? rule.weekdays.map(({ day }) => day) : [weekdayOf(anchor)]
    return weeks % interval === 0 && weekdays.includes(weekdayOf(day))
  }
  const years = date.getUTCFullYear() - start.getUTCFullYear()
  const months = years * 12 + date.getUTCMonth() - start.getUTCMonth()
  if ((frequency === 'MONTHLY' ? months : years) % interval !== 0) return false
  const named = rule.months.length > 0 ? rule.months : [start.getUTCMonth() + 1]
  const isInMonth = (day: string) => frequency === 'MONTHLY' || named.includes(Number(day.slice(5, 7)))
  const isChosen = (day: string) => isInMonth(day) && isChosenInMonth(rule, { anchor, day })
  if (!isChosen(day)) return false
  if (positions.length === 0) return true
  const chosen = daysWith(frequency === 'MONTHLY' ? day.slice(0, 7) : day.slice(0, 4)).filter(isChosen)
  return positions.some((place) => chosen.at(place > 0 ? place - 1 : place) === day)
}

function isChosenInMonth({ weekdays, monthDays }: Rule, { anchor, day }: { anchor: string; day: string }) {
  const days = daysWith(day.slice(0, 7))
  const isNamed = monthDays.some((date) => days.at(date > 0 ? date - 1 : date) === day)
  if (weekdays.length === 0) {
    const dates = monthDays.length > 0 ? monthDays : [Number(anchor.slice(8))]
    const isLast = days.at(-1) === day
    return (
      isNamed || dates.includes(Number(day.slice(8))) || (isLast && dates.some((date) => date > days.length))
    )
  }
  const alike = days.filter((other) => weekdayOf(other) === weekdayOf(day))
  const isPlaced = weekdays.some(({ nth, day: weekday }) => {
    return weekday === weekdayOf(day) && (nth === 0 || alike.at(nth > 0 ? nth - 1 : nth) === day)
  })
  return isPlaced && (monthDays.length === 0 || isNamed)
}

const known = new Map<string, string[]>()

/** All days that begin with a year or a month. */
function daysWith(start: string): string[] {
  const days = known.get(start) ?? []
  known.set(start, days)
  if (days.length > 0) return days
  for (let day = `${start}-01-01`.slice(0, 10); day.startsWith(start); day = addDays(day, 1)) days.push(day)
  return days
}

function weekdayOf(day: string): number {
  return (new Date(day).getUTCDay() + 6) % 7
}

function mondayOf(day: string): string {
  return addDays(day, -weekdayOf(day))
}

test('the next day is the first one that a scan of all days finds', () => {
  fc.assert(
    fc.property(rule, day, day, (rule, anchor, after) => {
      const end = addDays(after, SCANNED_DAYS)
      let expected = addDays(after, 1)
      while (expected <= end && !isDayOf(rule, { anchor, day: expected })) expected = addDays(expected, 1)
      const found = dayAfter(rule, { anchor, after })
      expect(found !== null && found <= end ? found : null).toBe(expected <= end ? expected : null)
    }),
    { numRuns: 300 },
  )
})

test('a day of 29 to 31 is the last one of shorter months, and never drifts', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('2026-01-29', '2026-03-30', '2027-01-31', '2028-02-29', '2028-12-31'),
      fc.constantFrom('FREQ=MONTHLY', 'FREQ=MONTHLY;INTERVAL=5', 'FREQ=YEARLY', 'FREQ=YEARLY;BYMONTH=2,4,12'),
      (anchor, text) => {
        const rule = ruleSchema.parse(text)
        let after: string = anchor
        for (let turn = 0; turn < 60; turn++) {
          const next = dayAfter(rule, { anchor, after })!
          const last = Number(daysWith(next.slice(0, 7)).at(-1)!.slice(8))
          expect(Number(next.slice(8))).toBe(Math.min(Number(anchor.slice(8)), last))
          expect(next > after).toBe(true)
          after = next
        }
      },
    ),
    { numRuns: 20 },
  )
})

test.each([
  ['FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=1;BYSETPOS=2', null],
  ['FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=MO;BYSETPOS=366', null],
  ['FREQ=DAILY;UNTIL=20261129', null],
  ['FREQ=YEARLY;INTERVAL=999', '3025-11-29'],
  ['FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYDAY=5SA', '2048-02-29'],
  ['FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYDAY=5SA', null],
])('%s has the next day %s', (text, next) => {
  expect(dayAfter(ruleSchema.parse(text), { anchor: '2026-11-29', after: '2026-11-29' })).toBe(next)
})

test('no rule has a day after the year 9999', () => {
  expect(dayAfter(ruleSchema.parse('FREQ=DAILY'), { anchor: '2026-11-29', after: '9999-12-30' })).toBe(
    '9999-12-31',
  )
  expect(dayAfter(ruleSchema.parse('FREQ=DAILY'), { anchor: '2026-11-29', after: '9999-12-31' })).toBe(null)
})

const PLACES = ['1', '2', '3', '4', '5', '-1', '-2', '-3', '-4', '-5']
const ALL_WEEKDAYS = PLACES.flatMap((nth) =>
  ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'].map((day) => nth + day),
)
test.each([
  `FREQ=MONTHLY;BYDAY=${ALL_WEEKDAYS.join()};BYSETPOS=366`,
  'FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31;BYDAY=MO',
  `FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYDAY=${ALL_WEEKDAYS.join()};BYSETPOS=366;UNTIL=20270131`,
])('a search for a day that never comes takes little time: %s', (text) => {
  const rule = ruleSchema.parse(text)
  const time = processorMs(() => {
    for (let round = 0; round < 3; round++)
      expect(dayAfter(rule, { anchor: '2026-02-28', after: '2026-02-28' })).toBeNull()
  })
  // Reading each day of 400 years takes seconds.
  expect(time).toBeLessThan(500)
})
