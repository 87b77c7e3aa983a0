import type { EditedField } from '#lib/tasks/fingerprint.ts'

/** The names of a task's fields in forms. */
export const FIELD_NAMES: Record<EditedField, string> = {
  title: 'title',
  description: 'description',
  listId: 'list_id',
  dueOn: 'due_on',
  dueTime: 'due_time',
  dueZone: 'due_zone',
  startOn: 'start_on',
  // The forms of the list have the filter "priority" of its address.
  priority: 'task_priority',
  labels: 'labels',
  repeat: 'repeat',
}

/** The value of the field "Repeat" for a rule that the user writes. */
export const CUSTOM_RULE = 'custom'

/** The fields of a form for how a task repeats, and the rule that it showed. */
export const REPEAT_FIELDS = [
  'repeat',
  'repeat_from',
  'repeat_rule',
  'repeat_interval',
  'repeat_until',
  'seen_repeat_rule',
] as const
