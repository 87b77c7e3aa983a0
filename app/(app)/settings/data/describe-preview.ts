import { formatCalendarDay } from '#lib/format-date.ts'
import type { ImportPreview } from '#lib/tasks/import/preview-import.ts'
import { describeRule } from '#lib/tasks/repeat/describe-rule.ts'
import { readRule } from '#lib/tasks/repeat/repeat.ts'

const SHOWN_LISTS = 5
const PRIORITIES = ['', 'High priority', 'Medium priority', 'Low priority']

type Counts = Pick<ImportPreview, 'tasks' | 'completed' | 'lists' | 'isInboxUsed' | 'newLists'>

/** Such as "312 tasks in the Inbox and 5 lists, 14 of them completed. 2 new lists: Band, Flat." */
export function describePreview({ tasks, completed, lists, isInboxUsed, newLists }: Counts): string {
  const places = [isInboxUsed && 'the Inbox', lists > 0 && countOf(lists, 'list')]
    .filter(Boolean)
    .join(' and ')
  const inLists = places && ` in ${places}`
  const done = completed > 0 ? `, ${completed.toLocaleString('en')} of them completed` : ''
  const shown = newLists.slice(0, SHOWN_LISTS).join(', ')
  const more = newLists.length > SHOWN_LISTS ? ` and ${newLists.length - SHOWN_LISTS} more` : ''
  const made = newLists.length > 0 ? ` ${countOf(newLists.length, 'new list')}: ${shown}${more}.` : ''
  return `${countOf(tasks, 'task')}${inLists}${done}.${made}`
}

/** What the task has besides its title. */
export function describeTask(task: ImportPreview['first'][number], today: string): string {
  const { list, dueOn, dueTime, repeat, repeatAnchor, priority, labels } = task
  const day = dueOn && [formatCalendarDay(dueOn, today), dueTime].filter(Boolean).join(', ')
  const rule = repeat && describeRule(readRule(repeat.rule), repeat.from === 'due' ? repeatAnchor : null)
  const parts = [list ?? 'Inbox', day, rule, PRIORITIES[priority], ...labels.map((label) => `@${label}`)]
  return parts.filter(Boolean).join(' · ')
}

export function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`
}
