import type { Options } from '#components/ui/select-field.tsx'
import { formatCalendarDay } from '#lib/format-date.ts'
import { type EditedField, fieldText } from '#lib/tasks/fingerprint.ts'
import type { SettableFields } from '#lib/tasks/task.ts'
import { PRIORITIES } from './task-options.ts'

type SavedValues = {
  lists: Options
  repeatText: string | null
  /** The server's clock, ISO 8601. */
  now: string
}

/** The saved value of a field, as the user chooses it. Empty if there is none. */
export function describeSaved(
  name: EditedField,
  task: SettableFields,
  { lists, repeatText, now }: SavedValues,
): string {
  const text = fieldText(task[name])
  if (name === 'repeat') return repeatText ?? ''
  if (name === 'dueOn' || name === 'startOn') return text && formatCalendarDay(text, now.slice(0, 10))
  const options: Partial<Record<EditedField, Options>> = { listId: lists, priority: PRIORITIES }
  return options[name]?.find(([value]) => value === text)?.[1] ?? text
}
