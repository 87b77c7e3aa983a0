export const SECOND_MS = 1000
export const MINUTE_MS = 60 * SECOND_MS
export const HOUR_MS = 60 * MINUTE_MS
export const DAY_MS = 24 * HOUR_MS

export const HOUR_SECONDS = 60 * 60
export const DAY_SECONDS = 24 * HOUR_SECONDS

export function secondsLater(start: Date, seconds: number): Date {
  return new Date(start.getTime() + seconds * SECOND_MS)
}

export function daysBefore(end: Date, days: number): Date {
  return new Date(end.getTime() - days * DAY_MS)
}
