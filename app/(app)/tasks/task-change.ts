import { z } from 'zod'
import type { Actor } from '#lib/actor.ts'
import { day } from '#lib/tasks/body-schema.ts'
import { dayIn } from '#lib/tasks/day-in.ts'
import { deleteTask } from '#lib/tasks/delete-task.ts'
import { moveTask } from '#lib/tasks/move-task.ts'
import { restoreTask } from '#lib/tasks/restore-task.ts'
import { updateTask } from '#lib/tasks/update-task.ts'
import { taskNextTo } from './order-field.ts'

const id = z.string().optional()
const buttons = z.object({
  complete: id,
  reopen: id,
  delete: id,
  restore: id,
  move_up: id,
  move_down: id,
  move: id,
})

/** Nothing is the first place, or the Inbox. */
const idOrNothing = z.union([z.literal('').transform(() => null), z.uuid().toLowerCase()]).optional()

/** Where `move` moves a task. */
const destination = z.object({
  after_id: idOrNothing,
  list_id: idOrNothing,
  due_on: z.union([z.literal('today'), day]).optional(),
})

/** The name of a button of the task list. */
export type TaskChange = keyof z.output<typeof buttons>

/**
 * The button that sent the list's form: its name is the change, its value the id of the task. `order` has the ends of the
 * ids of all tasks on the page; `focused` is the one that has the focus next.
 */
export const taskChangeSchema = buttons
  .extend({ order: z.string().default(''), ...destination.shape })
  .transform((sent, context) => {
    for (const change of buttons.keyof().options) {
      const taskId = sent[change]
      if (taskId === undefined) continue
      // A completed task moves down, and a deleted one is gone.
      const leaves = change === 'delete' || change === 'complete'
      const { after_id: afterId, list_id: listId, due_on: dueOn } = sent
      return {
        change,
        taskId,
        focused: leaves ? taskNextTo(taskId, sent.order) : taskId,
        destination: { afterId, listId, dueOn },
      }
    }
    context.addIssue('Choose a button of a task.')
    return z.NEVER
  })

export async function changeTask(
  actor: Actor & { timeZone: string | null },
  { change, taskId, destination }: Omit<z.output<typeof taskChangeSchema>, 'focused'>,
  now: Date,
) {
  if (change === 'delete') return deleteTask(actor, taskId, { now })
  if (change === 'restore') return restoreTask(actor, taskId, { now })
  if (change === 'move_up') return moveTask(actor, taskId, { shift: 'up', now })
  if (change === 'move_down') return moveTask(actor, taskId, { shift: 'down', now })
  if (change === 'move') {
    const dueOn = destination.dueOn === 'today' ? dayIn(actor.timeZone ?? 'UTC', now) : destination.dueOn
    return updateTask(actor, taskId, { changes: { ...destination, dueOn }, now })
  }
  return updateTask(actor, taskId, { changes: { isCompleted: change === 'complete' }, now })
}
