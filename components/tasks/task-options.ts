import { CUSTOM_RULE } from '#app/(app)/tasks/edit-field-names.ts'

/** Of a SelectField. */
export type Options = readonly (readonly [value: string, text: string])[]

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

/** @param rule that of the task, which has an option of its own */
export function repeatOptions(rule: string | undefined, text: string | null): Options {
  const isKnown = rule === undefined || RULES.some(([value]) => value === rule)
  return [...RULES, ...(isKnown ? [] : [[rule, text ?? rule] as const]), [CUSTOM_RULE, 'Custom rule']]
}
