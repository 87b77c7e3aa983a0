import { type RepeatChoice, readRepeat } from '#app/(app)/tasks/read-repeat.ts'
import { formatDayText } from '#lib/tasks/journal/words/field-words.ts'
import { describeRule } from '#lib/tasks/repeat/describe-rule.ts'
import { previewDays } from '#lib/tasks/repeat/preview-days.ts'
import { type Repeat, readRule } from '#lib/tasks/repeat/repeat.ts'

const SHOWN_DAYS = 3

/** The fields of a form. */
export type RepeatValues = RepeatChoice & { due_on: string }

/** A repetition with the day that it counts from; null for a task that does not repeat. */
export type SavedRepeat = (Repeat & { anchor: string | null }) | null

/** @returns what saving a form leads to, as `describeNext`; an empty text without a valid rule */
export function previewRepeat(values: RepeatValues, saved: SavedRepeat, today: string): string {
  const read = readRepeat(values)
  return read.ok && read.value
    ? describeNext({ ...read.value, dueOn: values.due_on || null }, saved, today)
    : ''
}

/**
 * A rule and the days on which its task is due next, in words.
 * @param today the day that it is for the user
 */
export function describeNext(
  { dueOn, ...repeat }: Repeat & { dueOn: string | null },
  saved: SavedRepeat,
  today: string,
): string {
  // As settleRepeat does: a repetition that stays keeps its anchor, and goes with the day.
  const isKept = repeat.rule === saved?.rule && repeat.from === saved.from
  if (isKept && dueOn === null) return 'Without a due day, the task does not repeat.'
  const anchor = isKept ? saved.anchor : null
  const days = previewDays({ repeat, dueOn, anchor, today }, SHOWN_DAYS + 1)
  const text = describeRule(
    readRule(repeat.rule),
    repeat.from === 'due' ? (anchor ?? days[0] ?? today) : null,
  )
  const next = (dueOn ? days.slice(1) : days).slice(0, SHOWN_DAYS)
  return next.length > 0
    ? `${text}. Next: ${next.map((day) => formatDayText(day, today)).join(', ')}`
    : `${text}. No further day.`
}
