import { DAY_MS } from '#lib/time.ts'

const FIRST_DAY = '1000-01-01'
export const LAST_DAY = '9999-12-31'

/** Whether a text is a day that exists, as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return /^[1-9]\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text
}

/** A day beyond those of four digits is the nearest of them. */
export function addDays(day: string, days: number): string {
  return toDay(Math.min(Math.max(dayNumber(day) + days, dayNumber(FIRST_DAY)), dayNumber(LAST_DAY)))
}

export function laterOf(one: string, other: string): string {
  if (one > other) return one
  return other
}

/** Days since 1 January 1970, a Thursday. A day has no zone, so it may be counted in UTC. */
export function dayNumber(day: string): number {
  return Date.parse(day) / DAY_MS
}

export function toDay(dayNumber: number): string {
  return new Date(dayNumber * DAY_MS).toISOString().slice(0, 10)
}
