import { type Offset, wallClock } from './format-date.ts'
import { DAY_MS, MINUTE_MS } from './time.ts'

/** By zone, because a formatter takes longer to create than to use. Null for an unknown zone. */
const formatters = new Map<string, Intl.DateTimeFormat | null>()

/**
 * The offsets of an account's time zone, with its clock changes.
 * @param timeZone an IANA name, or null for no choice
 * @returns null for no choice, and for a zone that this browser or server does not know
 */
export function offsetOf(timeZone: string | null | undefined): Offset | null {
  if (!timeZone) return null
  const known = formatters.get(timeZone)
  const formatter = known === undefined ? createFormatter(timeZone) : known
  formatters.set(timeZone, formatter)
  return formatter && ((at) => readOffset(formatter.formatToParts(at)))
}

function createFormatter(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
  } catch {
    return null
  }
}

/** From "GMT+05:45", or "GMT" for none. */
function readOffset(parts: Intl.DateTimeFormatPart[]): number {
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? []
  const ahead = Number(hours ?? 0) * 60 + Number(minutes ?? 0)
  return sign === '+' ? 0 - ahead : ahead
}

/** @returns the date at a moment, as midnight UTC of that date */
export function dayOf(at: Date, offset: Offset): Date {
  return new Date(Math.floor(wallClock(at, offset).getTime() / DAY_MS) * DAY_MS)
}

/** The first moment of a day, which is not midnight where the clock skips it. @param day midnight UTC of its date */
export function startOfDay(day: Date, offset: Offset): Date {
  const midnight = day.getTime()
  // Of the offsets before and after a clock change, the one that leads to the first moment of the day or a later one.
  const [first = midnight, second = midnight] = [midnight - DAY_MS, midnight + DAY_MS]
    .map((near) => midnight + offset(new Date(near)) * MINUTE_MS)
    .sort((a, b) => a - b)
  return new Date(wallClock(new Date(first), offset).getTime() >= midnight ? first : second)
}

/** Milliseconds until the next day begins. */
export function restOfDay(now: Date, offset: Offset): number {
  const tomorrow = new Date(dayOf(now, offset).getTime() + DAY_MS)
  return startOfDay(tomorrow, offset).getTime() - now.getTime()
}
