import { type Groups, matchForm, type Place, phrase } from './phrase.ts'

const LEAD = '(?:(?:at|by) )?'
const HOUR = '(?<hour>\\d{1,2})'

const FORMS: [RegExp, (groups: Groups) => string | null][] = [
  [phrase(`${LEAD}${HOUR}:(?<minute>\\d\\d)(?: ?(?<half>am|pm))?`), toTime],
  [phrase(`${LEAD}${HOUR} ?(?<half>am|pm)`), toTime],
  [phrase(`at ${HOUR}`), toTime],
  [phrase(`${LEAD}noon`), () => '12:00'],
]

/**
 * Reads a time.
 * @returns `HH:MM`; null also for times that do not exist, such as 25:00
 */
export function readTime(place: Place): { value: string; end: number } | null {
  const form = matchForm(FORMS, place)
  if (!form) return null
  const value = form.meaning(form.groups)
  return value === null ? null : { value, end: form.end }
}

function toTime({ hour, minute = '00', half }: Groups): string | null {
  const given = Number(hour)
  if (half && (given < 1 || given > 12)) return null
  const hours = half ? (given % 12) + (half === 'pm' ? 12 : 0) : given
  return hours < 24 && Number(minute) < 60 ? `${String(hours).padStart(2, '0')}:${minute}` : null
}
