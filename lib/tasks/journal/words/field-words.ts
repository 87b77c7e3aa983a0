import { formatDate, formatWeekday, utc } from '#lib/format-date.ts'
import { join, type Phrase, quote, type Vocabulary } from './phrase.ts'

/** In the order in which a sentence names them. */
const FIELD_NAMES: Record<string, string> = {
  title: 'title',
  name: 'name',
  description: 'description',
  listId: 'list',
  dueOn: 'due day',
  dueTime: 'time',
  dueZone: 'time zone',
  startOn: 'start day',
  repeatRule: 'repetition',
  priority: 'priority',
  labels: 'labels',
  position: 'place',
}

const PRIORITY_WORDS = ['none', 'high', 'medium', 'low'] as const

/** A field that has no name here changes with one that has. */
export function namedFields(fields: readonly string[]): string[] {
  return Object.keys(FIELD_NAMES).filter((field) => fields.includes(field))
}

/** The parts of a due date that an undo skips with the day. */
const PARTS_OF_DUE = ['dueTime', 'dueZone', 'repeatRule']

export function withoutPartsOfDue(fields: readonly string[]): string[] {
  return fields.filter((field) => !(fields.includes('dueOn') && PARTS_OF_DUE.includes(field)))
}

/** "the title and the due day". */
export function listFields(fields: readonly string[]): string {
  const names = namedFields(fields).map((field): Phrase => [`the ${FIELD_NAMES[field]}`])
  return names.length > 0 ? join(names).join('') : 'something'
}

/** "Due day changed from Tue 24 Nov to Fri 27 Nov". Null for a field without a name. */
export function describeField(
  field: string,
  { before, after }: { before: unknown; after: unknown },
  vocabulary: Vocabulary,
): Phrase | null {
  const name = FIELD_NAMES[field]
  if (!name) return null
  const subject = name.charAt(0).toUpperCase() + name.slice(1)
  const [from, to] = [before, after].map((value) => describeValue(field, value, vocabulary))
  if (field === 'description') return [`${subject} ${!from ? 'added' : to ? 'changed' : 'removed'}`]
  if (field === 'position') return ['Moved within its list']
  if (!to) return [`${subject} removed, it was `, ...(from ?? [])]
  return from ? [`${subject} changed from `, ...from, ' to ', ...to] : [`${subject} set to `, ...to]
}

/** Null for a field without a value. */
function describeValue(field: string, value: unknown, { names, today }: Vocabulary): Phrase | null {
  if (field === 'listId') {
    return typeof value === 'string'
      ? quote(names.get(value), 'a list that is no longer kept')
      : ['the Inbox']
  }
  if (field === 'priority') return value ? [PRIORITY_WORDS[Number(value)] ?? String(value)] : null
  if (Array.isArray(value)) return value.length > 0 ? join(value.map((label) => quote(String(label)))) : null
  if (value === null || value === undefined || value === '') return null
  const text = String(value)
  if (field === 'title' || field === 'name') return quote(text)
  return [field.endsWith('On') ? formatDayText(text, today) : text]
}

/** "Fri 27 Nov", or "27 Nov 2027" in another year than that of `today`. */
export function formatDayText(day: string, today: string): string {
  const at = new Date(`${day}T00:00:00Z`)
  const [year] = day.split('-')
  return today.startsWith(`${year}-`)
    ? `${formatWeekday(at, utc)} ${formatDate(at, utc)}`
    : `${formatDate(at, utc)} ${year}`
}
