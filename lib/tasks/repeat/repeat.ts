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

/** A list has many tasks with the same few rules, and reading one takes longer than describing it. */
const known = new Map<string, Rule>()
const MOST_KNOWN = 500

/** @param text a stored rule, which `ruleSchema` has let in */
export function readRule(text: string): Rule {
  const rule = known.get(text) ?? ruleSchema.parse(text)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(text, rule)
  return rule
}
