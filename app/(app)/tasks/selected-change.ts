import { z } from 'zod'
import { day, label } from '#lib/tasks/body-schema.ts'
import { addDays, dayNumber } from '#lib/tasks/day.ts'
import { weekdayOf } from '#lib/tasks/repeat/rule-days.ts'
import type { Operation } from '#lib/tasks/run-batch.ts'

/** The name of the checkbox of a task begins with this, and ends with its id. */
export const SELECTED = 'selected.'

/** Changes of the selected tasks: values of buttons, and of the options of "Apply". */
const change = z.union(
  [
    z.enum(['complete', 'reopen', 'delete', 'top', 'up', 'down']),
    z.templateLiteral(['due.', z.enum(['today', 'tomorrow', 'monday', 'day', 'none'])]),
    z.templateLiteral(['priority.', z.enum(['0', '1', '2', '3'])]),
    z.literal('list.inbox'),
    z.templateLiteral(['list.', z.uuid()]),
    z.enum(['label.add', 'label.remove']),
  ],
  'Choose what to do with the tasks.',
)

/** @returns the selected tasks in the order of the page, what happens to them, and the day or the label for it */
export const selectedChangeSchema = z
  .record(z.string(), z.string())
  // "label" is the filter of the page's address.
  .transform(({ change: button, option, day, label_name: label, ...sent }) => ({
    change: button === 'apply' ? option : button,
    day,
    label,
    ids: Object.keys(sent).flatMap((name) => (name.startsWith(SELECTED) ? name.slice(SELECTED.length) : [])),
  }))
  .pipe(
    z
      .object({
        change,
        day: day.catch(''),
        label: label.catch(''),
        ids: z.array(z.string()).min(1, 'Select one task or more.'),
      })
      .refine(({ change, day }) => change !== 'due.day' || day, 'Choose a day.')
      .refine(({ change, label }) => !isOfLabel(change) || label, 'Enter a label of up to 50 characters.'),
  )

type SelectedChange = z.output<typeof selectedChangeSchema>

/** What the change means for each task. @param today the day that it is for the user */
export function toOperations({ change, ids, day, label }: SelectedChange, today: string): Operation[] {
  const toShift = (id: string, shift: 'top' | 'up' | 'down') =>
    ({ op: 'shift', id, shift, among: ids }) as const
  if (change === 'delete') return ids.map((id) => ({ op: 'delete', id }))
  if (change === 'up') return ids.map((id) => toShift(id, change))
  // The last one first, so that the tasks keep their order among themselves.
  if (change === 'top' || change === 'down') return ids.toReversed().map((id) => toShift(id, change))
  if (isOfLabel(change)) {
    return ids.map((id) => ({ op: 'label', id, label, isAdded: change === 'label.add' }))
  }
  if (change === 'due.day') return ids.map((id) => ({ op: 'update', id, changes: { dueOn: day } }))
  const changes = toChanges(change, today)
  return ids.map((id) => ({ op: 'update', id, changes }))
}

type LabelChange = 'label.add' | 'label.remove'

function isOfLabel(change: string): change is LabelChange {
  return change === 'label.add' || change === 'label.remove'
}

type Update = Exclude<SelectedChange['change'], 'delete' | 'top' | 'up' | 'down' | 'due.day' | LabelChange>

function toChanges(change: Update, today: string): Extract<Operation, { op: 'update' }>['changes'] {
  switch (change) {
    case 'complete':
      return { isCompleted: true }
    case 'reopen':
      return { isCompleted: false }
    case 'due.today':
      return { dueOn: today }
    case 'due.tomorrow':
      return { dueOn: addDays(today, 1) }
    case 'due.monday':
      return { dueOn: addDays(today, 7 - weekdayOf(dayNumber(today))) }
    case 'due.none':
      return { dueOn: null }
    case 'list.inbox':
      return { listId: null }
  }
  const [field, value] = change.split('.')
  return field === 'list' ? { listId: value?.toLowerCase() } : { priority: Number(value) }
}
