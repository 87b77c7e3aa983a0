'use client'

import { useHydrated } from '#components/ui/use-hydrated.tsx'
import { formatDay, formatMoment, local, utc } from '#lib/format-date.ts'

type RelativeDateProps = {
  /** ISO 8601. */
  at: string
  /** The server's clock, ISO 8601: the browser's would render another text where midnight lies between. */
  now: string
  className?: string
}

/** The day a task was written down; the exact moment on hover. In UTC until the browser can say its own zone. */
export function RelativeDate({ at, now, className }: RelativeDateProps) {
  const offset = useHydrated() ? local : utc
  const moment = new Date(at)
  return (
    <time dateTime={at} title={formatMoment(moment, offset)} className={className}>
      {formatDay(moment, new Date(now), offset)}
    </time>
  )
}
