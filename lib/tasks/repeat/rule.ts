export const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const
export type Frequency = (typeof FREQUENCIES)[number]

/** A week begins on Monday, as in iCalendar without WKST. */
export const WEEKDAYS: readonly string[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']

/** `nth` is the place within the month, from its end if negative; 0 is each. `day` is an index of `WEEKDAYS`. */
export type Weekday = { nth: number; day: number }

/** Which days a task repeats on: a part of iCalendar's rules (RFC 5545, 3.3.10). An empty list restricts nothing. */
export type Rule = {
  frequency: Frequency
  interval: number
  /** 1 to 12. */
  months: number[]
  /** From the end of the month if negative. */
  monthDays: number[]
  weekdays: Weekday[]
  /** The places to take among the days of a month or year, from the end if negative. */
  positions: number[]
  /** The last possible day. */
  until: string | null
  /** How many tasks the series has from the present one on. */
  count: number | null
}

/** The parts of a rule, in the order in which it is written. */
export const PARTS = [
  ...(['FREQ', 'INTERVAL', 'BYMONTH', 'BYMONTHDAY', 'BYDAY', 'BYSETPOS', 'UNTIL', 'COUNT'] as const),
]
export type Part = (typeof PARTS)[number]

/** The one spelling of a rule, which is stored: `FREQ=WEEKLY;INTERVAL=2;BYDAY=MO`. */
export function formatRule(rule: Rule): string {
  const values: Record<Part, string> = {
    FREQ: rule.frequency,
    INTERVAL: rule.interval === 1 ? '' : String(rule.interval),
    BYMONTH: rule.months.join(),
    BYMONTHDAY: rule.monthDays.join(),
    BYDAY: rule.weekdays.map(formatWeekday).join(),
    BYSETPOS: rule.positions.join(),
    UNTIL: rule.until?.replaceAll('-', '') ?? '',
    COUNT: String(rule.count ?? ''),
  }
  return PARTS.flatMap((part) => (values[part] ? `${part}=${values[part]}` : [])).join(';')
}

export function formatWeekday({ nth, day }: Weekday): string {
  return `${nth || ''}${WEEKDAYS[day]}`
}
