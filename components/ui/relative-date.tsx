'use client'

import { formatDayAndTime, formatDayTime, formatMoment, formatRange } from '#lib/format-date.ts'
import { useOffset } from './use-offset.ts'

type RelativeDateProps = {
  /** ISO 8601. */
  at: string
  /** The server's clock, ISO 8601: around midnight the browser's could render another day. */
  now: string
}

/** "yesterday at 09:05", for use within a sentence. The exact time is shown on hover. */
export function RelativeDateTime({ at, now }: RelativeDateProps) {
  return <Time at={at} now={now} format={formatDayAndTime} />
}

/** "Yesterday, 09:05". */
export function EventTime({ at, now }: RelativeDateProps) {
  return <Time at={at} now={now} format={formatDayTime} />
}

/** "Today, 09:05–09:30", or both days. */
export function TimeRange({ from, to, now }: { from: string; to: string; now: string }) {
  const offset = useOffset()
  const [start, end] = [new Date(from), new Date(to)]
  return <span suppressHydrationWarning>{formatRange({ start, end, now: new Date(now) }, offset)}</span>
}

function Time({ at, now, format }: RelativeDateProps & { format: typeof formatDayTime }) {
  const offset = useOffset()
  const moment = new Date(at)
  return (
    // The browser may know other rules of a zone than the server. The text of the server stays.
    <time suppressHydrationWarning dateTime={at} title={formatMoment(moment, offset)}>
      {format(moment, new Date(now), offset)}
    </time>
  )
}
