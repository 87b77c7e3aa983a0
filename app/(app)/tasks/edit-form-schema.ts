import { z } from 'zod'
import type { FieldIssue } from '#lib/failure.ts'
import { ok } from '#lib/result.ts'
import { createBodySchema } from '#lib/tasks/body-schema.ts'
import type { EditConflict } from '#lib/tasks/edit-task.ts'
import type { TaskRefusal } from '#lib/tasks/errors.ts'
import { EDITED_FIELDS, type EditedField, type Fingerprints, fingerprint } from '#lib/tasks/fingerprint.ts'
import { splitLabels } from '#lib/tasks/label-list.ts'
import { MAX_LABELS } from '#lib/tasks/quick/choose-tokens.ts'
import { editTaskFormSchema, type Optional } from '#lib/tasks/schema.ts'
import type { SettableFields } from '#lib/tasks/task.ts'
import { FIELD_NAMES } from './edit-field-names.ts'
import { readRepeat } from './read-repeat.ts'

const { list_id, due_on, due_time, due_zone, start_on, labels } = createBodySchema.shape

function emptyIsNull<S extends z.ZodType>(schema: S) {
  return z.preprocess((text) => (text === '' ? null : text), schema)
}

/** Issues of single labels are issues of their field. A sentence that begins with a capital has no label put before it. */
const labelsText = z
  .string()
  .transform((text, context) => {
    const parsed = labels.safeParse(splitLabels(text))
    if (parsed.success) return parsed.data
    const messages = new Set(
      parsed.error.issues.map(({ path, message }) =>
        path.length > 0 ? `Each label ${message}.` : `Enter up to ${MAX_LABELS} labels.`,
      ),
    )
    for (const message of messages) context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
  .optional()

const prefixed = (prefix: string) =>
  Object.fromEntries(Object.values(FIELD_NAMES).map((name) => [prefix + name, z.string().optional()]))

/**
 * The fields of the editors' forms; the one in the list has the title and the description alone. `seen_…` are
 * fingerprints of the values that the form showed; without one, any other saved value is a conflict. `use_saved_…`
 * discards the typed value, `conflicts` lists the fields shown in both versions.
 */
export const editFormSchema = editTaskFormSchema
  .extend({
    id: z.string(),
    list_id: emptyIsNull(list_id),
    due_on: emptyIsNull(due_on),
    due_time: emptyIsNull(due_time),
    due_zone: emptyIsNull(due_zone),
    start_on: emptyIsNull(start_on),
    task_priority: z
      .enum(['0', '1', '2', '3'], 'must be 1, 2, 3, or 0 for none')
      .transform(Number)
      .optional(),
    labels: labelsText,
    repeat: z.string().optional(),
    repeat_from: z.string().default(''),
    repeat_rule: z.string().default(''),
    repeat_interval: z.string().default(''),
    repeat_until: emptyIsNull(due_on),
    seen_repeat_rule: z.string().default(''),
    conflicts: z.string().default(''),
    restore: z.string().optional(),
    ...prefixed('seen_'),
    ...prefixed('use_saved_'),
  })
  .transform((form, context) => {
    const { id, conflicts, restore } = form
    const sent: Record<string, unknown> = form
    const seen: Fingerprints = readFields((field) => sent[`seen_${FIELD_NAMES[field]}`] ?? '')
    const { repeat: choice, repeat_until } = form
    const repeat =
      choice === undefined || sent.use_saved_repeat
        ? ok(undefined)
        : readRepeat({ ...form, repeat: choice, repeat_until: repeat_until ?? '' })
    for (const { field, issue } of repeat.ok ? [] : repeat.error) {
      context.addIssue({ code: 'custom', path: [field], message: issue })
    }
    const withRepeat = { ...form, repeat: repeat.ok ? repeat.value : undefined }
    const values: Record<string, unknown> = withoutOrphans(withRepeat, seen)
    const typed: Optional<SettableFields> = readFields((field) => {
      const name = FIELD_NAMES[field]
      return sent[`use_saved_${name}`] ? undefined : values[name]
    })
    const issue = findLateStart(typed, seen)
    if (issue) context.addIssue({ code: 'custom', ...issue })
    return { id, conflicts, restore: Boolean(restore), typed, seen }
  })

/** Without the fields whose value is undefined. */
function readFields(read: (field: EditedField) => unknown): object {
  const entries = EDITED_FIELDS.map((field) => [field, read(field)])
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
}

/** A time that the form still has goes with its day, and a zone with its time. A new one is an error later. */
function withoutOrphans<Form extends { due_on?: unknown; due_time?: unknown; due_zone?: unknown }>(
  form: Form,
  seen: Fingerprints,
): Form {
  const isOld = (field: 'dueTime' | 'dueZone', value: unknown) => fingerprint(field, value) === seen[field]
  const time = form.due_on === null && isOld('dueTime', form.due_time) ? null : form.due_time
  const zone = time === null && isOld('dueZone', form.due_zone) ? null : form.due_zone
  return { ...form, due_time: time, due_zone: zone }
}

/** At the day that the user changed. Days that programs have saved in another order stay as they are. */
function findLateStart({ startOn, dueOn }: Optional<SettableFields>, seen: Fingerprints) {
  if (!startOn || !dueOn || startOn <= dueOn) return null
  if (fingerprint('startOn', startOn) !== seen.startOn) {
    return { path: ['start_on'], message: 'Choose a start day on or before the due day.' }
  }
  return fingerprint('dueOn', dueOn) === seen.dueOn
    ? null
    : { path: ['due_on'], message: 'Choose a due day on or after the start day.' }
}

type EditFailure = TaskRefusal | EditConflict

/** The fields that change after a failure: the next "Save" treats the saved values in conflict as seen. */
export function fieldsAfterFailure(error: EditFailure, earlierConflicts: string): Record<string, string> {
  if (error.code === 'TASK_NOT_FOUND') return { restore: 'true' }
  if (!('conflicts' in error)) return {}
  const { task, saved, conflicts } = error
  const seen = conflicts.map((field) => [`seen_${FIELD_NAMES[field]}`, fingerprint(field, saved[field])])
  const names = conflicts.map((field) => FIELD_NAMES[field])
  return {
    ...Object.fromEntries(seen),
    conflicts: [earlierConflicts, ...names].filter(Boolean).join(' '),
    saved_at: task.updatedAt.toISOString(),
    restore: '',
  }
}

/** At the field that solves it. */
const ISSUES: Record<string, FieldIssue> = {
  due_time: { field: 'due_on', issue: 'Choose a day for this time.' },
  due_zone: { field: 'due_time', issue: 'Choose a time for this time zone.' },
  'repeat.rule': { field: 'repeat', issue: 'This repetition has no further day. Choose another one.' },
}

/** A failure as the editor shows it. */
export function failureOf(error: EditFailure, earlierConflicts: string) {
  const details = 'details' in error ? error.details.map((detail) => ISSUES[detail.field] ?? detail) : []
  return { code: error.code, details, fields: fieldsAfterFailure(error, earlierConflicts) }
}
