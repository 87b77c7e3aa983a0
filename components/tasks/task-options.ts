import { CUSTOM_RULE } from '#app/(app)/tasks/edit-field-names.ts'
import type { Options } from '#components/ui/select-field.tsx'
import type { SplitRepeat } from '#lib/tasks/repeat/split-repeat.ts'

export const PRIORITIES: Options = [
  ['0', 'None'],
  ['1', 'High'],
  ['2', 'Medium'],
  ['3', 'Low'],
]

export const REPEAT_FROM: Options = [
  ['due', 'The due day'],
  ['completion', 'The day of completion'],
]

const RULES: Options = [
  ['', 'Never'],
  ['FREQ=DAILY', 'Every day'],
  ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'Every weekday'],
  ['FREQ=WEEKLY', 'Every week'],
  ['FREQ=MONTHLY', 'Every month'],
  ['FREQ=YEARLY', 'Every year'],
]

/** @param opened the repetition of the task, whose rule has an option of its own */
export function repeatOptions(opened: SplitRepeat | null): Options {
  const isKnown = opened === null || RULES.some(([value]) => value === opened.rule)
  return [...RULES, ...(isKnown ? [] : [[opened.rule, opened.text] as const]), [CUSTOM_RULE, 'Custom rule']]
}
