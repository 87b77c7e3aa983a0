import type { FieldIssue } from './failure.ts'

/** The labels of fields that have other names in the API. */
const LABELS: Record<string, string> = {
  list_id: 'List',
  due_on: 'Due',
  due_time: 'Time',
  due_zone: 'Time zone',
  start_on: 'Start',
  task_priority: 'Priority',
  repeat_rule: 'Rule',
  repeat_interval: 'Interval',
  repeat_until: 'Until',
}

/** Puts the field's label in front of the API's fragments, such as "must not be empty". */
export function describeIssue({ field, issue }: FieldIssue): FieldIssue {
  if (!/^\p{Ll}/u.test(issue)) return { field, issue }
  const label = LABELS[field] ?? field.charAt(0).toUpperCase() + field.slice(1).replaceAll('_', ' ')
  return { field, issue: `${label} ${issue}.` }
}
