import { DAY_MS } from '#lib/time.ts'

/** Whether a text is a day that exists, as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  return /^[1-9]\d{3}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text
}

export function addDays(day: string, days: number): string {
  return toDay(dayNumber(day) + days)
}

/** Days since 1 January 1970, a Thursday. A day has no zone, so it may be counted in UTC. */
export function dayNumber(day: string): number {
  return Date.parse(day) / DAY_MS
}

export function toDay(dayNumber: number): string {
  return new Date(dayNumber * DAY_MS).toISOString().slice(0, 10)
}
