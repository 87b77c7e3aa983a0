import { DAY_MS } from '#lib/time.ts'

/** The day that it is in a time zone, as `YYYY-MM-DD`. */
export function dayIn(timeZone: string, now: Date): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now)
}

/** @param day and result as `YYYY-MM-DD` */
export function dayAfter(day: string): string {
  return new Date(new Date(day).getTime() + DAY_MS).toISOString().slice(0, 'YYYY-MM-DD'.length)
}
