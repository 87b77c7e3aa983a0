import type { Actor } from '#lib/actor.ts'
import { err } from '#lib/result.ts'
import type { TaskRefusal, VersionMismatch } from './errors.ts'
import { EDITED_FIELDS, type EditedField, type Fingerprints, fingerprint } from './fingerprint.ts'
import { getTask } from './get-task.ts'
import { withWholeDue } from './journal/change.ts'
import type { Written } from './journal/write-tasks.ts'
import type { Optional } from './schema.ts'
import type { SettableFields, Task } from './task.ts'
import { updateTask } from './update-task.ts'

type TaskEdit = {
  /** The content of the editor's fields. An absent field keeps the value that was saved in the meantime. */
  typed: Optional<SettableFields>
  /** Of what the editor showed. */
  seen: Fingerprints
  now: Date
}

/** The user and another request changed these fields, each to something else. */
export type EditConflict = VersionMismatch & { saved: SettableFields; conflicts: EditedField[] }

/**
 * Saves each field that the user changed in an editor. Changes that another request made to other fields survive
 * (docs/decisions/0024-versions-of-tasks.md).
 * @returns the saved task; `TASK_NOT_FOUND`; `LIST_NOT_FOUND`; `INVALID_DUE`; `INVALID_REPEAT`; `VERSION_MISMATCH` with the fields in conflict, and nothing is saved
 */
export async function editTask(
  actor: Actor,
  taskId: string,
  edit: TaskEdit,
): Promise<Written<Task, Exclude<TaskRefusal, VersionMismatch> | EditConflict>> {
  const current = await getTask(actor, taskId)
  if (!current.ok) return current
  const task = current.value
  const { typed, seen } = edit
  const saved = settableFieldsOf(task)
  const changed = withWholeDue(EDITED_FIELDS, (field) => isChanged(edit, field))
  const conflicts = changed.filter((field) => {
    const present = fingerprint(field, saved[field])
    return (
      typed[field] !== undefined && present !== seen[field] && present !== fingerprint(field, typed[field])
    )
  })
  if (conflicts.length > 0) return err({ code: 'VERSION_MISMATCH', task, saved, conflicts })
  const changes: Optional<SettableFields> = Object.fromEntries(changed.map((field) => [field, typed[field]]))
  const updated = await updateTask(actor, taskId, { changes, versions: [task.version], now: edit.now })
  if (updated.ok) return updated
  // Another request has changed the task in the meantime: compare with what it saved.
  return updated.error.code === 'VERSION_MISMATCH' ? editTask(actor, taskId, edit) : err(updated.error)
}

function isChanged({ typed, seen }: TaskEdit, field: EditedField): boolean {
  return typed[field] !== undefined && fingerprint(field, typed[field]) !== seen[field]
}

/** The fields of a task as a user sets them. */
export function settableFieldsOf(task: Task): SettableFields {
  const { title, description, listId, dueOn, dueTime, dueZone, startOn, priority, labels } = task
  const { repeatRule: rule, repeatFrom: from } = task
  const repeat = rule !== null && from !== null ? { rule, from } : null
  return { title, description, listId, dueOn, dueTime, dueZone, startOn, priority, labels, repeat }
}
