import { describeRule } from './describe-rule.ts'
import { type Repeat, type RepeatFields, readRule } from './repeat.ts'
import { formatRule } from './rule.ts'

/** How a task repeats, as a form shows it. */
export type SplitRepeat = {
  /** The rule without its interval and its last day. */
  rule: string
  /** That rule in English. */
  text: string
  interval: number
  /** The last day. */
  until: string | null
  from: Repeat['from']
}

export function splitRepeat(task: RepeatFields): SplitRepeat | null {
  const { repeatRule, repeatFrom: from, repeatAnchor } = task
  if (repeatRule === null || from === null) return null
  const { interval, until, ...rest } = readRule(repeatRule)
  const days = { ...rest, interval: 1, until: null }
  return { rule: formatRule(days), text: describeRule(days, repeatAnchor), interval, until, from }
}
