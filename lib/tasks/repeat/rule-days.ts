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
  const { periodOf, daysIn, most } = PERIODS[rule.frequency]
  const [from, last] = [dayNumber(after), dayNumber(rule.until ?? LAST_DAY)]
  const first = periodOf(dayNumber(anchor))
  const step = Math.ceil((periodOf(from) - first) / rule.interval)
  for (let period = 0; period < most; period++) {
    const days = daysIn(first + (step + period) * rule.interval, { rule, anchor })
    const day = take(days, rule.positions).find((day) => day > from)
    if (day !== undefined) return day <= last ? toDay(day) : null
  }
  return null
}

type Periods = {
  /** The number of the period that has a day. */
  periodOf: (day: number) => number
  /** The days of a rule in a period, in ascending order. */
  daysIn: (period: number, by: { rule: Rule; anchor: string }) => number[]
  /** After so many of them, a rule that has had no day has none: calendars of 400 years are alike. */
  most: number
}

const PERIODS: Record<Frequency, Periods> = {
  DAILY: { periodOf: (day) => day, daysIn: (day) => [day], most: 2 },
  WEEKLY: {
    periodOf: weekOf,
    daysIn: (week, { rule, anchor }) => {
      const days = rule.weekdays.length > 0 ? rule.weekdays : [{ day: weekdayOf(dayNumber(anchor)) }]
      return days.map(({ day }) => mondayOf(week) + day)
    },
    most: 2,
  },
  MONTHLY: {
    periodOf: monthOf,
    daysIn: (month, { rule, anchor }) => daysInMonth(month, rule, anchor),
    most: 400 * 12,
  },
  YEARLY: {
    periodOf: (day) => Math.floor(monthOf(day) / 12),
    daysIn: (year, { rule, anchor }) => {
      const months = rule.months.length > 0 ? rule.months : [Number(anchor.slice(5, 7))]
      return months.flatMap((month) => daysInMonth(year * 12 + month - 1, rule, anchor))
    },
    most: 400,
  },
}

function daysInMonth(month: number, { monthDays, weekdays }: Rule, anchor: string): number[] {
  const before = firstOf(month) - 1
  const length = firstOf(month + 1) - firstOf(month)
  const dates = Array.from({ length }, (_, index) => index + 1)
  const isDate = (date: number) => monthDays.includes(date) || monthDays.includes(date - length - 1)
  if (weekdays.length > 0) {
    const isChosen = (date: number) =>
      weekdays.some(({ nth, day }) => {
        const places = [0, Math.ceil(date / 7), -Math.ceil((length + 1 - date) / 7)]
        return day === weekdayOf(before + date) && places.includes(nth)
      })
    const chosen = dates.filter((date) => isChosen(date) && (monthDays.length === 0 || isDate(date)))
    return chosen.map((date) => before + date)
  }
  const named = monthDays.length > 0 ? monthDays : [Number(anchor.slice(8))]
  const clamped = named.map((date) => (date > 0 ? Math.min(date, length) : length + 1 + date))
  return dates.filter((date) => clamped.includes(date)).map((date) => before + date)
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

function firstOf(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12) / DAY_MS
}
