'use client'

import { useHydrated } from '#components/ui/use-hydrated.tsx'
import { formatDay, formatDayAndTime, formatMoment, local, utc } from '#lib/format-date.ts'

type RelativeDateProps = {
  /** ISO 8601. */
  at: string
  /** The server's clock, ISO 8601: around midnight the browser's could render another day. */
  now: string
  className?: string | undefined
}

/** "Yesterday", with the exact time on hover. In UTC before hydration, because the server does not know the zone. */
export function RelativeDate({ at, now, className }: RelativeDateProps) {
  return <Time at={at} now={now} format={formatDay} className={className} />
}

/** "yesterday at 09:05", for use within a sentence. */
export function RelativeDateTime({ at, now }: RelativeDateProps) {
  return <Time at={at} now={now} format={formatDayAndTime} />
}

function Time({ at, now, format, className }: RelativeDateProps & { format: typeof formatDay }) {
  const offset = useHydrated() ? local : utc
  const moment = new Date(at)
  return (
    <time dateTime={at} title={formatMoment(moment, offset)} className={className}>
      {format(moment, new Date(now), offset)}
    </time>
  )
}
