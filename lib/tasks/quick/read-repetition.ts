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

const EVERY = 'every(?<completion>!)? '
const COUNT = '(?:(?<count>\\d{1,3}|other) )?'
const WEEKDAYS = listOf(`${WEEKDAY}s?`)
const NTH = `(?:\\d{1,2}(?:st|nd|rd|th)|${ORDINALS.join('|')})`
const IN_MONTH = `(?:the )?(?:(?<nth>${NTH}|last) (?<weekday>${WEEKDAY})|(?<last>last) day|(?<dates>${listOf(NTH)}))(?: of (?:the|each|every) month)?`

const FORMS: [RegExp, (groups: Groups) => FoundRepetition | null][] = [
  [phrase(`${EVERY}${COUNT}weeks? on (?<weekdays>${WEEKDAYS})`), inWeek],
  [phrase(`${EVERY}${COUNT}months? on ${IN_MONTH}`), inMonth],
  [phrase(`${EVERY}${COUNT}(?<unit>day|week|month|year)s?`), eachUnit],
  [phrase(`${EVERY}weekdays?`), (groups) => inWeek({ ...groups, weekdays: 'mon tue wed thu fri' })],
  [phrase(`${EVERY}weekends?`), (groups) => inWeek({ ...groups, weekdays: 'sat sun' })],
  [phrase(`${EVERY}(?:(?<count>other) )?(?<weekdays>${WEEKDAYS})`), inWeek],
  [phrase(`${EVERY}(?<date>\\d{1,2})(?:st|nd|rd|th|\\.)?(?: of)? (?<month>${MONTH})`), inYear],
  [phrase(`${EVERY}(?<month>${MONTH})\\.? (?<date>\\d{1,2})(?:st|nd|rd|th)?`), inYear],
  [phrase(`${EVERY}${IN_MONTH}`), inMonth],
]

/** Reads "every" with what follows. */
export function readRepetition(place: Place): { value: FoundRepetition; end: number } | null {
  const form = matchForm(FORMS, place)
  if (!form) return null
  const value = form.meaning(form.groups)
  return value === null ? null : { value, end: form.end }
}

function listOf(item: string): string {
  return `${item}(?:(?:, ?(?:and )?| and | & )${item})*`
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

function inMonth({ nth, weekday, last, dates = '', ...groups }: Groups): FoundRepetition | null {
  const frequency = 'MONTHLY'
  if (last) return repetition(groups, { frequency, monthDays: [-1] })
  if (nth && weekday) {
    const place = nth === 'last' ? -1 : toNumber(nth)
    if (place > 5 || place === 0) return null
    return repetition(groups, { frequency, weekdays: [{ nth: place, day: weekdayNamed(weekday) }] })
  }
  const monthDays = ascending((dates.match(new RegExp(NTH, 'g')) ?? []).map(toNumber))
  return monthDays.every((date) => date >= 1 && date <= 31)
    ? repetition(groups, { frequency, monthDays })
    : null
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
  const interval = count === undefined ? 1 : count === 'other' ? 2 : Number(count)
  if (interval === 0) return null
  const rule = { ...EACH_PERIOD, ...chosen, interval }
  return {
    repeat: { rule: formatRule(rule), from: completion ? 'completion' : 'due' },
    rule,
    // The calendar ends with the year 9999.
    firstDay: (from) =>
      dayAfter({ ...rule, interval: 1 }, { anchor: from, after: addDays(from, -1) }) ?? from,
  }
}

function toNumber(ordinal: string): number {
  const place = ORDINALS.indexOf(ordinal)
  return place < 0 ? Number.parseInt(ordinal, 10) : place + 1
}

function ascending(numbers: number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b)
}
