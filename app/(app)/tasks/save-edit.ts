import type { z } from 'zod'
import type { Actor } from '#lib/actor.ts'
import { editTask } from '#lib/tasks/edit-task.ts'
import { restoreTask } from '#lib/tasks/restore-task.ts'
import type { editFormSchema } from './edit-form-schema.ts'

/** Saves what an editor sent. "Restore and save" brings a deleted task back first. @returns as `editTask` and `restoreTask` do */
export async function saveEdit(
  actor: Actor,
  { id, restore, typed, seen }: Omit<z.output<typeof editFormSchema>, 'conflicts'>,
  now: Date,
) {
  const restored = restore ? await restoreTask(actor, id, { now }) : null
  return restored && !restored.ok ? restored : editTask(actor, id, { typed, seen, now })
}
