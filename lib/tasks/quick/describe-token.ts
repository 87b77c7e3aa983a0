import { formatCalendarDay, formatStartDay } from '#lib/format-date.ts'
import { foldName } from '../lists/fold-name.ts'
import { describeRule } from '../repeat/describe-rule.ts'
import type { QuickTask, Token } from './quick-task.ts'

export type Surroundings = {
  /** `YYYY-MM-DD` where the user is. */
  today: string
  /** All lists, archived ones too. */
  listNames: readonly string[]
}

const PRIORITIES = ['', 'High', 'Medium', 'Low']

/** What was read, in a few words: "Tomorrow", "New list Home". @param dueOn the day of the task that has the token */
export function describeToken(
  token: Token,
  { dueOn, today, listNames }: Surroundings & Pick<QuickTask, 'dueOn'>,
): string {
  switch (token.kind) {
    case 'list':
      return describeList(token.value, listNames)
    case 'label':
      return `@${token.value}`
    case 'priority':
      return `${PRIORITIES[token.value]} priority`
    case 'dueOn':
      return formatCalendarDay(token.value, today)
    case 'dueTime':
      return token.value
    case 'startOn':
      return formatStartDay(token.value, today)
    case 'repeat':
      return describeRule(token.rule, token.value.from === 'due' ? dueOn : null)
  }
}

function describeList(name: string, listNames: readonly string[]): string {
  const alike = listNames.filter((one) => foldName(one) === foldName(name))
  if (alike.length === 0) return `New list ${name}`
  return `#${alike.includes(name) ? name : alike[0]}`
}
