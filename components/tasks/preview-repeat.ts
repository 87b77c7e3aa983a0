import { CUSTOM_RULE } from '#app/(app)/tasks/edit-field-names.ts'
import { formatDayText } from '#lib/tasks/journal/words/field-words.ts'
import { previewDays } from '#lib/tasks/repeat/preview-days.ts'
import { repeatSchema } from '#lib/tasks/repeat/schema.ts'

const SHOWN_DAYS = 3

type RepeatValues = {
  repeat: string
  rule: string
  from: string
  dueOn: string | null
  anchor?: string | null
}

/**
 * The days on which a task is due next, in words.
 * @param today the day that it is for the user
 * @returns an empty text without a valid rule, and for one that ends
 */
export function previewRepeat(
  { repeat: chosen, rule, from, dueOn, anchor = null }: RepeatValues,
  today: string,
): string {
  const repeat = repeatSchema.safeParse({ rule: chosen === CUSTOM_RULE ? rule : chosen, from })
  if (!repeat.success || repeat.data === null) return ''
  const days = previewDays({ repeat: repeat.data, dueOn, anchor, today }, SHOWN_DAYS + 1)
  const next = dueOn ? days.slice(1) : days
  return next.length > 0
    ? `Next: ${next
        .slice(0, SHOWN_DAYS)
        .map((day) => formatDayText(day, today))
        .join(', ')}`
    : ''
}
