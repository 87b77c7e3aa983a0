import type { EventCount } from '#lib/audit/count-events.ts'
import { DAY_MS, HOUR_MS } from '#lib/time.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export const SPANS = {
  day: { by: 'hour', columns: 24, stepMs: HOUR_MS, words: 'the last 24 hours, by hour' },
  month: { by: 'day', columns: 30, stepMs: DAY_MS, words: 'the last 30 days, by day' },
} as const
export type Span = keyof typeof SPANS

/** The starts (UTC) of a span's hours or days, oldest first. The last one is not over. */
export function startsOf(span: Span, now: Date): Date[] {
  const { columns, stepMs } = SPANS[span]
  const last = Math.floor(now.getTime() / stepMs)
  return Array.from({ length: columns }, (_, index) => new Date((last - columns + 1 + index) * stepMs))
}

/** How many log-ins of each outcome happened in each of these hours or days. */
export function logInSeries(counts: EventCount[], starts: Date[]) {
  const valuesOf = (eventType: string) => {
    const byStart = new Map<number, number>()
    for (const { start, eventType: type, count } of counts) {
      if (type === eventType) byStart.set(start.getTime(), (byStart.get(start.getTime()) ?? 0) + count)
    }
    return starts.map((start) => byStart.get(start.getTime()) ?? 0)
  }
  return [
    { name: 'Succeeded', values: valuesOf('login'), tone: 'accent' },
    { name: 'Failed', values: valuesOf('login_failed'), tone: 'danger' },
    { name: 'Throttled', values: valuesOf('throttled'), tone: 'quiet' },
  ] as const
}

/** An hour ("09:00", "21 Nov, 09:00 UTC") or a day ("21 Nov", "21 Nov 2026"), for the axis and in full. */
export function columnOf(start: Date, span: Span) {
  const day = `${start.getUTCDate()} ${MONTHS[start.getUTCMonth()]}`
  const hour = `${String(start.getUTCHours()).padStart(2, '0')}:00`
  return span === 'day'
    ? { label: hour, longLabel: `${day}, ${hour} UTC` }
    : { label: day, longLabel: `${day} ${start.getUTCFullYear()}` }
}
