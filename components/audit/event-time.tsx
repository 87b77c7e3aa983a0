'use client'

import { useHydrated } from '#components/ui/use-hydrated.tsx'
import { formatDay, formatMoment, formatTime, local, utc } from '#lib/format-date.ts'

/**
 * The time of an event, to the minute: "Today, 09:05". In UTC until the browser applies its own zone.
 * @param props `at` and `now`, the time of the server, in ISO 8601
 */
export function EventTime({ at, now }: { at: string; now: string }) {
  const offset = useHydrated() ? local : utc
  const moment = new Date(at)
  return (
    <time dateTime={at} title={formatMoment(moment, offset)}>
      {`${formatDay(moment, new Date(now), offset)}, ${formatTime(moment, offset)}`}
    </time>
  )
}
