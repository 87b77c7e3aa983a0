import { addDays, dayNumber, isDay } from '../day.ts'
import { weekdayOf } from '../repeat/rule-days.ts'
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

/** What follows is a day. */
const LEAD = '(?:due (?:on |by )?|on |by )?'
/** The date counts. */
const ON_WEEKDAY = `(?:${WEEKDAY},? )?`
const DATE = '(?<date>\\d{1,2})'

type ReadDay = (groups: Groups, today: string) => string | null

const FORMS: [RegExp, ReadDay][] = [
  [phrase(`${LEAD}(?:today|tod)`), (_, today) => today],
  [phrase(`${LEAD}(?:tomorrow|tom)`), (_, today) => addDays(today, 1)],
  [phrase(`${LEAD}next month`), (_, today) => addMonths(`${today.slice(0, 8)}01`, 1)],
  [
    phrase('(?:due )?in (?<count>\\d{1,3}|an?) (?<unit>day|week|month|year)s?'),
    ({ count = '', unit = '' }, today) => later(today, count.startsWith('a') ? 1 : Number(count), unit),
  ],
  [phrase(`${LEAD}${ON_WEEKDAY}(?<iso>\\d{4}-\\d\\d-\\d\\d)`), ({ iso = '' }) => iso],
  [
    phrase(
      `${LEAD}${ON_WEEKDAY}(?:the )?${DATE}(?:st|nd|rd|th|\\.)?(?: of)? (?<month>${MONTH})[.,]?(?: (?<year>\\d{4}))?`,
    ),
    dateIn,
  ],
  [
    phrase(`${LEAD}${ON_WEEKDAY}(?<month>${MONTH})\\.? ${DATE}(?:st|nd|rd|th)?(?:,? (?<year>\\d{4}))?`),
    dateIn,
  ],
  // Without its second full stop it is a number, as in "Update to 24.04".
  [phrase(`${LEAD}${ON_WEEKDAY}${DATE}\\.(?<number>\\d{1,2})\\.(?<year>\\d{4})?`), dateIn],
  [
    phrase(`${LEAD}(?:(?<weekday>${WEEKDAY}) next week|next week(?: on)? (?<day>${WEEKDAY}))`),
    ({ weekday, day = '' }, today) => addDays(nextMonday(today), weekdayNamed(weekday ?? day)),
  ],
  // Who means the same day writes "today".
  [
    phrase(`${LEAD}(?:this )?(?<weekday>${WEEKDAY})`),
    ({ weekday = '' }, today) => addDays(today, daysTo(weekday, today) || 7),
  ],
  [
    phrase(`${LEAD}next (?<weekday>${WEEKDAY})`),
    ({ weekday = '' }, today) => addDays(nextMonday(today), weekdayNamed(weekday)),
  ],
  [phrase(`${LEAD}next week`), (_, today) => nextMonday(today)],
]

/**
 * Reads a day. A day without a year is the first one from today on.
 * @returns null also for days that do not exist, such as 30 February
 */
export function readDay(place: Place, today: string): { value: string; end: number } | null {
  const form = matchForm(FORMS, place)
  if (!form) return null
  const day = form.meaning(form.groups, today)
  return day !== null && isDay(day) ? { value: day, end: form.end } : null
}

function dateIn({ year, month, number, date }: Groups, today: string): string | null {
  const named = month === undefined ? Number(number) : monthOf(month)
  const inYear = (which: number) => toDate(which, named, Number(date))
  if (year !== undefined) return inYear(Number(year))
  // 29 February exists every four years, or eight around 2100.
  const years = Array.from({ length: 9 }, (_, index) => Number(today.slice(0, 4)) + index)
  return years.map(inYear).find((day) => isDay(day) && day >= today) ?? null
}

function daysTo(weekday: string, today: string): number {
  return (weekdayNamed(weekday) - weekdayOf(dayNumber(today)) + 7) % 7
}

function nextMonday(today: string): string {
  return addDays(today, 7 - weekdayOf(dayNumber(today)))
}

function later(today: string, count: number, unit: string): string {
  if (unit === 'day' || unit === 'week') return addDays(today, count * (unit === 'week' ? 7 : 1))
  return addMonths(today, count * (unit === 'year' ? 12 : 1))
}

/** The same date, or the last day of a shorter month. */
function addMonths(day: string, count: number): string {
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + count
  const [year, month] = [Math.floor(months / 12), (months % 12) + 1]
  return toDate(year, month, Math.min(Number(day.slice(8)), daysInMonth(toDate(year, month, 1))))
}

function daysInMonth(day: string): number {
  return new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate()
}
