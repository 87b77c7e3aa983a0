import { readQuickTask } from '../quick/read-quick-task.ts'
import type { ImportedTask } from './imported-task.ts'

/** Quick add never reads quoted text. */
const TITLE = '"task"'

/** Todoist's shorter words for what quick add knows. */
const WORDS: [RegExp, string][] = [
  [/^(?:daily|everyday)\b/i, 'every day'],
  [/^weekly\b/i, 'every week'],
  [/^monthly\b/i, 'every month'],
  [/^(?:yearly|annually)\b/i, 'every year'],
  [/^(ev(?:ery)?!?) (\d{1,2})$/i, '$1 $2th'],
  [/^(?:every!? )?(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d)?$/, '$1 $2'],
]

type Due = Pick<ImportedTask, 'dueOn' | 'dueTime' | 'startOn' | 'repeat'>

/** Whether a cell has no date, empty or in words. */
export function isNoDate(text: string): boolean {
  return /^(?:no (?:due )?date)?$/i.test(text.trim())
}

/** Reads the date of a task by the grammar of quick add. @returns null if a part of it is no date */
export function readTodoistDate(text: string, today: string): Due | null {
  if (isNoDate(text)) return { dueOn: null, dueTime: null, startOn: null, repeat: null }
  const line = text.trim().replace(/\s+/g, ' ')
  const known = WORDS.reduce((words, [pattern, replacement]) => words.replace(pattern, replacement), line)
  const { title, list, labels, priority, dueOn, dueTime, startOn, repeat } = readQuickTask(
    `${TITLE} ${known}`,
    { today },
  )
  const isDate = title === TITLE && list === null && labels.length === 0 && priority === 0
  return isDate ? { dueOn, dueTime, startOn, repeat } : null
}
