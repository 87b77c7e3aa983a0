import { addDays, isDay } from '../day.ts'
import type { Repeat } from '../repeat/repeat.ts'
import { formatRule, type Rule } from '../repeat/rule.ts'
import { dayAfter } from '../repeat/rule-days.ts'
import {
  type Groups,
  MONTH,
  matchForm,
  monthOf,
  type Place,
  phrase,
  toDate,
  WEEKDAY,
  weekdayNamed,
} from './phrase.ts'

export type FoundRepetition = {
  repeat: Repeat
  /** Its parts. */
  rule: Rule
  /** It is read in the middle of a text, too. */
  isMarked: boolean
  /** The first day of the rule, from a day on. */
  firstDay: (from: string) => string
}

const FREQUENCIES: Record<string, Rule['frequency']> = {
  day: 'DAILY',
  week: 'WEEKLY',
  month: 'MONTHLY',
  year: 'YEARLY',
}
const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth']
const EACH_PERIOD: Omit<Rule, 'frequency' | 'interval'> = {
  months: [],
  monthDays: [],
  weekdays: [],
  positions: [],
  until: null,
  count: null,
}

const EVERY = 'ev(?:ery)?(?<completion>!)? '
const NTH = '\\d{1,2}(?:st|nd|rd|th)'
const ORDINAL = `(?:${NTH}|${ORDINALS.join('|')})`
const COUNT = `(?:(?<count>\\d{1,3}|other|${ORDINAL}) )?`
const WEEKDAYS = listOf(`${WEEKDAY}s?`)
const OF_MONTH = 'of (?:the|each|every) month'
const NAMED_DAY = `(?<places>${listOf(`(?:${ORDINAL}|last)`)}) (?<weekday>${WEEKDAY})|(?<last>last) day`
const IN_MONTH = `(?:the )?(?:${NAMED_DAY}|(?<dates>${listOf(ORDINAL)})(?: days?)?)`

const FORMS: [RegExp, (groups: Groups) => FoundRepetition | null][] = [
  [phrase(`${EVERY}${IN_MONTH} ${OF_MONTH}`), inMonth],
  [phrase(`${EVERY}${COUNT}weeks? on (?<weekdays>${WEEKDAYS})`), inWeek],
  [phrase(`${EVERY}${COUNT}months? on ${IN_MONTH}(?: ${OF_MONTH})?`), inMonth],
  [phrase(`${EVERY}${COUNT}months? (?:the )?(?<dates>${listOf(NTH)})`), inMonth],
  [phrase(`${EVERY}${COUNT}(?<unit>day|week|month|year)s?`), eachUnit],
  [phrase(`${EVERY}(?:week|work)days?`), (groups) => inWeek({ ...groups, weekdays: 'mon tue wed thu fri' })],
  [phrase(`${EVERY}weekends?`), (groups) => inWeek({ ...groups, weekdays: 'sat sun' })],
  [phrase(`${EVERY}(?<first>${WEEKDAY})(?: ?[-–] ?| to )(?<final>${WEEKDAY})`), inRange],
  [phrase(`${EVERY}(?:(?<count>other) )?(?<weekdays>${WEEKDAYS})`), inWeek],
  [phrase(`${EVERY}(?<date>\\d{1,2})(?:st|nd|rd|th|\\.)?(?: of)? (?<month>${MONTH})`), inYear],
  [phrase(`${EVERY}(?<month>${MONTH})\\.? (?<date>\\d{1,2})(?:st|nd|rd|th)?`), inYear],
  [phrase(`${EVERY}(?:the )?(?:${NAMED_DAY})`), inMonth],
  [phrase(`${EVERY}(?:the )?(?<dates>${listOf(NTH)})`), onDates],
]

/** Reads "every" with what follows. */
export function readRepetition(place: Place): { value: FoundRepetition; end: number } | null {
  const form = matchForm(FORMS, place)
  if (!form) return null
  const value = form.meaning(form.groups)
  return value === null ? null : { value, end: form.end }
}

function listOf(item: string): string {
  return `${item}(?:(?:, ?(?:and )?| and | & | )${item})*`
}

function eachUnit({ unit = '', ...groups }: Groups): FoundRepetition | null {
  const frequency = FREQUENCIES[unit]
  return frequency ? repetition(groups, { frequency }) : null
}

function inWeek({ weekdays = '', ...groups }: Groups): FoundRepetition | null {
  const days = (weekdays.match(/[a-z]{3,}/g) ?? []).map(weekdayNamed).filter((day) => day >= 0)
  return repetition(groups, {
    frequency: 'WEEKLY',
    weekdays: ascending(days).map((day) => ({ nth: 0, day })),
  })
}

/** From one weekday to another, over Sunday as well. */
function inRange({ first = '', final = '', ...groups }: Groups): FoundRepetition | null {
  const [from, to] = [weekdayNamed(first), weekdayNamed(final)]
  const weekdays = Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, index) => (from + index) % 7)
  return repetition(groups, {
    frequency: 'WEEKLY',
    weekdays: ascending(weekdays).map((day) => ({ nth: 0, day })),
  })
}

function inMonth({ places = '', weekday, last, dates = '', ...groups }: Groups): FoundRepetition | null {
  const frequency = 'MONTHLY'
  if (last) return repetition(groups, { frequency, monthDays: [-1] })
  if (weekday) {
    const day = weekdayNamed(weekday)
    const isLast = /\blast\b/.test(places)
    const fromStart = ordinals(places)
    if (fromStart.some((nth) => nth > 5 || nth === 0)) return null
    const weekdays = [...fromStart, ...(isLast ? [-1] : [])].map((nth) => ({ nth, day }))
    return repetition(groups, { frequency, weekdays })
  }
  const monthDays = ordinals(dates)
  return monthDays.every((date) => date >= 1 && date <= 31)
    ? repetition(groups, { frequency, monthDays })
    : null
}

/** "Every 3rd" may begin "every 3rd row". */
function onDates(groups: Groups): FoundRepetition | null {
  const found = inMonth(groups)
  return found && { ...found, isMarked: false }
}

function inYear({ month = '', date, ...groups }: Groups): FoundRepetition | null {
  const [number, monthDay] = [monthOf(month), Number(date)]
  // 2028 is a leap year.
  if (!isDay(toDate(2028, number, monthDay))) return null
  return repetition(groups, { frequency: 'YEARLY', months: [number], monthDays: [monthDay] })
}

function repetition(
  { count, completion }: Groups,
  chosen: Partial<Rule> & Pick<Rule, 'frequency'>,
): FoundRepetition | null {
  const interval = count === undefined ? 1 : count === 'other' ? 2 : toNumber(count)
  // "Every first day" is one day of something.
  if (interval === 0 || (interval === 1 && count !== undefined && count !== '1')) return null
  const rule = { ...EACH_PERIOD, ...chosen, interval }
  return {
    repeat: { rule: formatRule(rule), from: completion ? 'completion' : 'due' },
    rule,
    isMarked: true,
    // The calendar ends with the year 9999.
    firstDay: (from) =>
      dayAfter({ ...rule, interval: 1 }, { anchor: from, after: addDays(from, -1) }) ?? from,
  }
}

function ordinals(list: string): number[] {
  return ascending((list.match(new RegExp(ORDINAL, 'g')) ?? []).map(toNumber))
}

/** @param count in digits or as a word */
function toNumber(count: string): number {
  const place = ORDINALS.indexOf(count)
  return place < 0 ? Number.parseInt(count, 10) : place + 1
}

function ascending(numbers: number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b)
}
