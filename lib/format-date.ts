import { DAY_MS, MINUTE_MS } from '#lib/time.ts'

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Minutes that a zone is behind UTC at a moment, as `Date.prototype.getTimezoneOffset` counts them. */
export type Offset = (at: Date) => number

export const utc: Offset = () => 0
export const local: Offset = (at) => at.getTimezoneOffset()

/** Its UTC getters read the zone's wall time. No Intl: server and browser may spell differently. */
export function wallClock(at: Date, offset: Offset): Date {
  return new Date(at.getTime() - offset(at) * MINUTE_MS)
}

/** "Today", "Yesterday", "Tomorrow", "Tue 24 Nov" or, in another year, "24 Nov 2025". */
export function formatDay(at: Date, now: Date, offset: Offset): string {
  const wall = wallClock(at, offset)
  const wallNow = wallClock(now, offset)
  const daysAgo = Math.floor(wallNow.getTime() / DAY_MS) - Math.floor(wall.getTime() / DAY_MS)
  if (daysAgo === 0) return 'Today'
  if (daysAgo === 1) return 'Yesterday'
  if (daysAgo === -1) return 'Tomorrow'
  const year = wall.getUTCFullYear()
  return year === wallNow.getUTCFullYear()
    ? `${formatWeekday(at, offset)} ${formatDate(at, offset)}`
    : `${formatDate(at, offset)} ${year}`
}

/** The same for days as tasks have them, `YYYY-MM-DD`. */
export function formatCalendarDay(day: string, today: string): string {
  return formatDay(new Date(day), new Date(today), utc)
}

/** "From tomorrow", "From Tue 24 Nov". */
export function formatStartDay(day: string, today: string): string {
  const name = formatCalendarDay(day, today)
  return `From ${isRelative(name) ? name.toLowerCase() : name}`
}

function isRelative(day: string): boolean {
  return ['Today', 'Yesterday', 'Tomorrow'].includes(day)
}

/** "Today, 09:05". */
export function formatDayTime(at: Date, now: Date, offset: Offset): string {
  return `${formatDay(at, now, offset)}, ${formatTime(at, offset)}`
}

/** "Today, 09:05–09:30", "Yesterday, 23:50 – Today, 00:10", or one time for both. */
export function formatRange(
  { start, end, now }: { start: Date; end: Date; now: Date },
  offset: Offset,
): string {
  if (formatDay(start, now, offset) !== formatDay(end, now, offset)) {
    return `${formatDayTime(start, now, offset)} – ${formatDayTime(end, now, offset)}`
  }
  if (formatTime(start, offset) === formatTime(end, offset)) return formatDayTime(start, now, offset)
  // The zone is written once.
  const [from] = formatTime(start, offset).split(' ')
  return `${formatDay(start, now, offset)}, ${from}–${formatTime(end, offset)}`
}

/** "today at 09:05", within a sentence. */
export function formatDayAndTime(at: Date, now: Date, offset: Offset): string {
  const day = formatDay(at, now, offset)
  return `${isRelative(day) ? day.toLowerCase() : `on ${day}`} at ${formatTime(at, offset)}`
}

export function formatWeekday(at: Date, offset: Offset): string {
  return DAYS[wallClock(at, offset).getUTCDay()] ?? ''
}

export function formatDate(at: Date, offset: Offset): string {
  const wall = wallClock(at, offset)
  return `${wall.getUTCDate()} ${MONTHS[wall.getUTCMonth()]}`
}

/** "09:05", or "09:05 UTC" for the offset `utc`. */
function formatTime(at: Date, offset: Offset): string {
  const wall = wallClock(at, offset)
  const time = [wall.getUTCHours(), wall.getUTCMinutes()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':')
  return `${time}${offset === utc ? ' UTC' : ''}`
}

export function formatMoment(at: Date, offset: Offset): string {
  const year = wallClock(at, offset).getUTCFullYear()
  return `${formatWeekday(at, offset)} ${formatDate(at, offset)} ${year}, ${formatTime(at, offset)}`
}
