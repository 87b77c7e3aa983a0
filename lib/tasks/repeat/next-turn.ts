import { addDays, laterOf } from '../day.ts'
import { type Repeat, readRule } from './repeat.ts'
import { formatRule } from './rule.ts'
import { dayAfter } from './rule-days.ts'

/** A task of a series, as far as the next one depends on it. */
export type Turn = Repeat & {
  dueOn: string
  /** The day that the rule counts from. */
  anchor: string
}

/**
 * The task that follows one which is completed today. Its day is after today and, if it counts from the due day, after that:
 * missed days are left out (docs/decisions/0056-repetition.md).
 * @returns null if the series ends
 */
export function nextTurn({ rule: text, from, dueOn, anchor }: Turn, today: string): Turn | null {
  const rule = readRule(text)
  if (rule.count === 1) return null
  const start =
    from === 'completion' ? { anchor: today, after: today } : { anchor, after: laterOf(dueOn, today) }
  const next = dayAfter(rule, start)
  if (next === null) return null
  const count = rule.count === null ? null : rule.count - 1
  return { rule: formatRule({ ...rule, count }), from, dueOn: next, anchor: from === 'due' ? anchor : next }
}

/** The day on which a repetition without a due day begins. Its phase begins with it. @returns null if it has no day */
export function firstDay(rule: string, today: string): string | null {
  return dayAfter({ ...readRule(rule), interval: 1 }, { anchor: today, after: addDays(today, -1) })
}
