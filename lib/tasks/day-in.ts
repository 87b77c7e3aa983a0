/** By zone, because a formatter takes fifty times as long to create as to use. */
const formatters = new Map<string, Intl.DateTimeFormat>()
/** All zones have about 600 names. */
const MOST_KEPT = 100

/** The day that it is in a time zone, as `YYYY-MM-DD`. */
export function dayIn(timeZone: string, now: Date): string {
  return formatterOf(timeZone).format(now)
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })
  if (formatters.size >= MOST_KEPT) formatters.clear()
  formatters.set(timeZone, made)
  return made
}
