import { DAY_MS } from '#lib/time.ts'
import { dayNumber, LAST_DAY, toDay } from '../day.ts'
import type { Frequency, Rule } from './rule.ts'

type Start = {
  /** Intervals count from its day, week, month or year. It supplies the weekday, date and month that the rule does not name. */
  anchor: string
  after: string
}

/**
 * The first day of a rule after another day. Where a month has no 31st, its last day counts as such
 * (docs/decisions/0056-repetition.md).
 * @returns null if there is none
 */
export function dayAfter(rule: Rule, { anchor, after }: Start): string | null {
  const { periodOf, firstOf, daysIn, most } = PERIODS[rule.frequency]
  const [from, last] = [dayNumber(after), dayNumber(rule.until ?? LAST_DAY)]
  const first = periodOf(dayNumber(anchor))
  const known: KnownMonths = new Map()
  const step = Math.ceil((periodOf(from) - first) / rule.interval)
  for (let index = 0; index < most; index++) {
    const period = first + (step + index) * rule.interval
    if (firstOf(period) > last) return null
    const days = daysIn(period, { rule, anchor, known })
    const day = take(days, rule.positions).find((day) => day > from)
    if (day !== undefined) return day <= last ? toDay(day) : null
  }
  return null
}

/** Whether a rule has any day. In 28 years from 2000 on, every kind of month and of year occurs. */
export function hasDays(rule: Rule): boolean {
  const start = { anchor: '2000-01-01', after: '1999-12-31' }
  return dayAfter({ ...rule, interval: 1, until: '2027-12-31' }, start) !== null
}

/** The dates of a rule in months of one length that begin on one weekday. There are 28 kinds of them. */
type KnownMonths = Map<string, number[]>

type Periods = {
  /** The number of the period that has a day. */
  periodOf: (day: number) => number
  /** The first day of a period. */
  firstOf: (period: number) => number
  /** The days of a rule in a period, in ascending order. */
  daysIn: (period: number, by: { rule: Rule; anchor: string; known: KnownMonths }) => number[]
  /** After so many of them, a rule that has had no day has none: calendars of 400 years are alike. */
  most: number
}

const PERIODS: Record<Frequency, Periods> = {
  DAILY: { periodOf: (day) => day, firstOf: (day) => day, daysIn: (day) => [day], most: 2 },
  WEEKLY: {
    periodOf: weekOf,
    firstOf: mondayOf,
    daysIn: (week, { rule, anchor }) => {
      const days = rule.weekdays.length > 0 ? rule.weekdays : [{ day: weekdayOf(dayNumber(anchor)) }]
      return days.map(({ day }) => mondayOf(week) + day)
    },
    most: 2,
  },
  MONTHLY: {
    periodOf: monthOf,
    firstOf: firstOfMonth,
    daysIn: daysInMonth,
    most: 400 * 12,
  },
  YEARLY: {
    periodOf: (day) => Math.floor(monthOf(day) / 12),
    firstOf: (year) => firstOfMonth(year * 12),
    daysIn: (year, by) => {
      const months = by.rule.months.length > 0 ? by.rule.months : [Number(by.anchor.slice(5, 7))]
      return months.flatMap((month) => daysInMonth(year * 12 + month - 1, by))
    },
    most: 400,
  },
}

function daysInMonth(month: number, by: Parameters<Periods['daysIn']>[1]): number[] {
  const first = firstOfMonth(month)
  const kind = { length: firstOfMonth(month + 1) - first, weekday: weekdayOf(first) }
  const key = `${kind.length} ${kind.weekday}`
  const dates = by.known.get(key) ?? datesIn(kind, by)
  by.known.set(key, dates)
  return dates.map((date) => first - 1 + date)
}

function datesIn(
  { length, weekday: firstWeekday }: { length: number; weekday: number },
  { rule: { monthDays, weekdays }, anchor }: { rule: Rule; anchor: string },
): number[] {
  const dates = Array.from({ length }, (_, index) => index + 1)
  const isDate = (date: number) => monthDays.includes(date) || monthDays.includes(date - length - 1)
  if (weekdays.length > 0) {
    const isChosen = (date: number) =>
      weekdays.some(({ nth, day }) => {
        const places = [0, Math.ceil(date / 7), -Math.ceil((length + 1 - date) / 7)]
        return day === (firstWeekday + date - 1) % 7 && places.includes(nth)
      })
    return dates.filter((date) => isChosen(date) && (monthDays.length === 0 || isDate(date)))
  }
  const named = monthDays.length > 0 ? monthDays : [Number(anchor.slice(8))]
  const clamped = named.map((date) => (date > 0 ? Math.min(date, length) : length + 1 + date))
  return dates.filter((date) => clamped.includes(date))
}

function take(days: number[], positions: number[]): number[] {
  if (positions.length === 0) return days
  return days.filter((_, index) => positions.includes(index + 1) || positions.includes(index - days.length))
}

/** 0 is Monday. 1 January 1970 was a Thursday. */
export function weekdayOf(day: number): number {
  return day + 3 - 7 * weekOf(day)
}

function weekOf(day: number): number {
  return Math.floor((day + 3) / 7)
}

function mondayOf(week: number): number {
  return week * 7 - 3
}

/** Months since January of the year 0. */
function monthOf(day: number): number {
  const date = new Date(day * DAY_MS)
  return date.getUTCFullYear() * 12 + date.getUTCMonth()
}

function firstOfMonth(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12) / DAY_MS
}
