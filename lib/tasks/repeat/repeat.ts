import type { Task } from '../task.ts'
import { describeRule } from './describe-rule.ts'
import type { Rule } from './rule.ts'
import { ruleSchema } from './rule-schema.ts'

/** What a user sets. `rule` is spelled as `formatRule` does. */
export type Repeat = {
  rule: string
  /** `due`: on the days of the rule. `completion`: as if the rule began on the day of completion. */
  from: 'due' | 'completion'
}

export const NO_REPEAT = {
  repeatRule: null,
  repeatFrom: null,
  repeatAnchor: null,
  seriesId: null,
} satisfies Partial<Task>

export type RepeatFields = Pick<Task, keyof typeof NO_REPEAT>

/** How a task repeats, with `text` in English; null if it does not. */
export function repeatOf(task: Pick<Task, keyof typeof NO_REPEAT>): (Repeat & { text: string }) | null {
  const { repeatRule: rule, repeatFrom: from, repeatAnchor: anchor } = task
  if (rule === null || from === null) return null
  return { rule, from, text: describeRule(readRule(rule), from === 'due' ? anchor : null) }
}

/** @param rule one that `ruleSchema` has let in. */
export function readRule(rule: string): Rule {
  return ruleSchema.parse(rule)
}
