import { dayNumber } from '../day.ts'
import type { Rule, Weekday } from './rule.ts'
import { weekdayOf } from './rule-days.ts'

const UNITS = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' }
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
]
const PLACES = ['', 'first', 'second', 'third', 'fourth', 'fifth']
/** By the indexes of their days. */
const NAMED_SETS: Record<string, string> = {
  '0,1,2,3,4': 'weekday',
  '5,6': 'weekend day',
  '0,1,2,3,4,5,6': 'day',
}

/**
 * A rule in English: "Every 2 weeks on Monday", "Every month on the 1st".
 * @param anchor supplies the weekday, date or month that the rule does not name; null if it counts from completion
 */
export function describeRule(rule: Rule, anchor: string | null): string {
  return `${describeDays(rule, anchor)}${anchor ? '' : ' after completion'}${describeEnd(rule)}`
}

function describeDays(rule: Rule, anchor: string | null): string {
  const { frequency, interval, weekdays } = rule
  const unit = UNITS[frequency]
  const set = NAMED_SETS[String(weekdays.map(({ day }) => day))]
  if (frequency === 'WEEKLY' && interval === 1 && set) return `Every ${set}`
  const days = frequency === 'WEEKLY' ? daysOfWeek(rule, anchor) : daysOfMonth(rule, anchor)
  const on = frequency !== 'DAILY' && days ? ` on ${days}` : ''
  return `Every ${interval === 1 ? unit : `${interval} ${unit}s`}${on}${describeMonths(rule, anchor)}`
}

function daysOfWeek({ weekdays }: Rule, anchor: string | null): string {
  const implied = anchor ? [{ day: weekdayOf(dayNumber(anchor)) }] : []
  return list((weekdays.length > 0 ? weekdays : implied).map(nameOf))
}

function daysOfMonth({ monthDays, weekdays, positions }: Rule, anchor: string | null): string {
  const dates = (monthDays.length > 0 ? monthDays : anchor ? [Number(anchor.slice(8))] : []).map(describeDate)
  const isPlaced = weekdays.some(({ nth }) => nth !== 0)
  if (weekdays.length === 0) return withPlaces(list(dates), positions)
  const among =
    isPlaced || positions.length === 0
      ? withPlaces(list(weekdays.map(describeWeekday)), positions)
      : list(positions.map((place) => `the ${nameOfPlace(place)} ${nameOfAny(weekdays)}`))
  return monthDays.length > 0 ? `${among} that is ${list(dates, 'or')}` : among
}

function withPlaces(days: string, positions: number[]): string {
  return positions.length > 0 ? `the ${list(positions.map(nameOfPlace))} of ${days}` : days
}

function nameOfAny(weekdays: Weekday[]): string {
  return NAMED_SETS[String(weekdays.map(({ day }) => day))] ?? list(weekdays.map(nameOf), 'or')
}

function describeMonths({ frequency, months, weekdays, monthDays }: Rule, anchor: string | null): string {
  if (frequency !== 'YEARLY') return ''
  const named = months.length > 0 ? months : anchor ? [Number(anchor.slice(5, 7))] : []
  const hasDays = anchor || weekdays.length + monthDays.length > 0
  return named.length > 0
    ? ` ${hasDays ? 'of' : 'in'} ${list(named.map((month) => MONTHS[month - 1] ?? ''))}`
    : ''
}

function describeWeekday({ nth, day }: Weekday): string {
  return nth === 0 ? `every ${nameOf({ day })}` : `the ${nameOfPlace(nth)} ${nameOf({ day })}`
}

function describeDate(date: number): string {
  return date > 0 ? `the ${ordinal(date)}` : `the ${nameOfPlace(date)} day`
}

function nameOf({ day }: Pick<Weekday, 'day'>): string {
  return WEEKDAYS[day] ?? ''
}

function nameOfPlace(place: number): string {
  if (place === -1) return 'last'
  return place < 0 ? `${nameOfPlace(-place)} last` : (PLACES[place] ?? ordinal(place))
}

function describeEnd({ until, count }: Rule): string {
  if (count !== null) return count === 1 ? ', once' : `, ${count} times`
  if (until === null) return ''
  const [year = '', month, date] = until.split('-')
  return ` until ${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`
}

const ENDINGS: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' }
const ordinals = new Intl.PluralRules('en', { type: 'ordinal' })

function ordinal(number: number): string {
  return `${number}${ENDINGS[ordinals.select(number)] ?? 'th'}`
}

function list(items: string[], last = 'and'): string {
  const before = items.slice(0, -1).join(', ')
  return before ? `${before} ${last} ${items.at(-1)}` : (items[0] ?? '')
}
