import type { z } from 'zod'
import type { Actor } from '#lib/actor.ts'
import { err } from '#lib/result.ts'
import { dayIn } from '#lib/tasks/day-in.ts'
import { editTask } from '#lib/tasks/edit-task.ts'
import type { InvalidRepeat } from '#lib/tasks/errors.ts'
import { fingerprint } from '#lib/tasks/fingerprint.ts'
import { previewDays } from '#lib/tasks/repeat/preview-days.ts'
import { restoreTask } from '#lib/tasks/restore-task.ts'
import type { editFormSchema } from './edit-form-schema.ts'

type SentEdit = Omit<z.output<typeof editFormSchema>, 'conflicts'>

/**
 * Saves what an editor sent. "Restore and save" brings a deleted task back first.
 * @returns as `editTask` and `restoreTask` do; `INVALID_REPEAT` also for a new repetition that ends with the task
 */
export async function saveEdit(actor: Actor & { timeZone: string | null }, edit: SentEdit, now: Date) {
  const { id, restore, typed, seen } = edit
  if (isOver(edit, dayIn(actor.timeZone ?? 'UTC', now))) {
    const details = [{ field: 'repeat.rule', issue: 'has no further day' }]
    return err<InvalidRepeat>({ code: 'INVALID_REPEAT', details })
  }
  const restored = restore ? await restoreTask(actor, id, { now }) : null
  return restored && !restored.ok ? restored : editTask(actor, id, { typed, seen, now })
}

/** Whether the user chose a repetition that has no further task. One that was there before ends on its own. */
function isOver({ typed: { repeat, dueOn }, seen }: SentEdit, today: string): boolean {
  if (!repeat || dueOn === undefined || fingerprint('repeat', repeat) === seen.repeat) return false
  return previewDays({ repeat, dueOn, today }, 2).length < 2
}
