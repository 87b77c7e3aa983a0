import type { Actor } from '#lib/actor.ts'
import { err } from '#lib/result.ts'
import type { TaskRefusal, VersionMismatch } from './errors.ts'
import { fingerprint, TASK_TEXTS, type TaskText } from './fingerprint.ts'
import { getTask } from './get-task.ts'
import type { Written } from './journal/write-tasks.ts'
import type { Task } from './task.ts'
import { updateTask } from './update-task.ts'

type TaskEdit = {
  /** The content of the editor's fields. An absent text keeps the value that was saved in the meantime. */
  typed: Partial<Pick<Task, TaskText>>
  seen: Record<TaskText, string>
  now: Date
}

/** The user and another request changed these texts, each to something else. */
export type TextConflict = VersionMismatch & { conflicts: TaskText[] }

/**
 * Saves each text that the user changed in an editor. Changes that another request made to other texts survive
 * (docs/decisions/0024-versions-of-tasks.md).
 * @returns the saved task; `TASK_NOT_FOUND`; `VERSION_MISMATCH` with the texts in conflict, and nothing is saved
 */
export async function editTask(
  actor: Actor,
  taskId: string,
  edit: TaskEdit,
): Promise<Written<Task, Exclude<TaskRefusal, VersionMismatch> | TextConflict>> {
  const current = await getTask(actor, taskId)
  if (!current.ok) return current
  const task = current.value
  const changed = TASK_TEXTS.filter((text) => isChanged(edit, text))
  const conflicts = changed.filter((text) => {
    const saved = fingerprint(text, task[text])
    return saved !== edit.seen[text] && saved !== fingerprint(text, edit.typed[text])
  })
  if (conflicts.length > 0) return err({ code: 'VERSION_MISMATCH', task, conflicts })
  const changes = {
    title: changed.includes('title') ? edit.typed.title : undefined,
    description: changed.includes('description') ? edit.typed.description : undefined,
  }
  const updated = await updateTask(actor, taskId, { changes, versions: [task.version], now: edit.now })
  if (updated.ok) return updated
  // Another request has changed the task in the meantime: compare with what it saved.
  return updated.error.code === 'VERSION_MISMATCH' ? editTask(actor, taskId, edit) : err(updated.error)
}

function isChanged({ typed, seen }: TaskEdit, text: TaskText): boolean {
  return typed[text] !== undefined && fingerprint(text, typed[text]) !== seen[text]
}
