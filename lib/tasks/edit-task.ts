import type { Actor } from '#lib/actor.ts'
import type { Failure } from '#lib/failure.ts'
import { err, type Result } from '#lib/result.ts'
import type { VersionMismatch } from './errors.ts'
import { fingerprint, TASK_TEXTS, type TaskText } from './fingerprint.ts'
import { getTask } from './get-task.ts'
import type { Task } from './task.ts'
import { updateTask } from './update-task.ts'

export type TaskEdit = {
  /** What the editor's fields hold; without a text that shall stay as it was saved meanwhile. */
  typed: Partial<Pick<Task, TaskText>>
  /** The fingerprints of the texts that the editor showed. */
  seen: Record<TaskText, string>
}

/** Both the editor and another request changed these texts, to different ones. */
export type TextConflict = VersionMismatch & { conflicts: TaskText[] }

/**
 * Saves what the user changed in an editor, text by text: what another request changed meanwhile survives.
 * @returns the task as it is now; `TASK_NOT_FOUND`; or `VERSION_MISMATCH` with the texts in conflict, and nothing was saved
 */
export async function editTask(
  actor: Actor,
  taskId: string,
  edit: TaskEdit,
): Promise<Result<Task, Failure<'TASK_NOT_FOUND'> | TextConflict>> {
  const current = await getTask(actor, taskId)
  if (!current.ok) return current
  const task = current.value
  const changed = TASK_TEXTS.filter((text) => isChanged(edit, text))
  const conflicts = changed.filter((text) => {
    const saved = fingerprint(text, task[text])
    return saved !== edit.seen[text] && saved !== fingerprint(text, edit.typed[text])
  })
  if (conflicts.length > 0) return err({ code: 'VERSION_MISMATCH', task, conflicts })
  const update = {
    title: changed.includes('title') ? edit.typed.title : undefined,
    description: changed.includes('description') ? edit.typed.description : undefined,
  }
  const updated = await updateTask(actor, taskId, update, [task.version])
  if (updated.ok) return updated
  // Another request was faster: compare with what it left.
  return updated.error.code === 'VERSION_MISMATCH' ? editTask(actor, taskId, edit) : err(updated.error)
}

function isChanged({ typed, seen }: TaskEdit, text: TaskText): boolean {
  return typed[text] !== undefined && fingerprint(text, typed[text]) !== seen[text]
}
