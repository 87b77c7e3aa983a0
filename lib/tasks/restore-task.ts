import type { Actor } from '#lib/actor.ts'
import { err, ok } from '#lib/result.ts'
import { denyTask } from './deny-task.ts'
import type { TaskRefusal } from './errors.ts'
import { isLiveList } from './journal/is-live-list.ts'
import { type Written, writeTasks } from './journal/write-tasks.ts'

/** Undoes `deleteTask`. A task that is not deleted stays as it is. @returns `TASK_NOT_FOUND`; `QUOTA_EXCEEDED` */
export async function restoreTask(
  actor: Actor,
  taskId: string,
  { now }: { now: Date },
): Promise<Written<null, TaskRefusal>> {
  const restored = await writeTasks<null, TaskRefusal>(actor, { now }, async (writer) => {
    const task = await writer.tasks.find(taskId)
    if (!task) return err({ code: 'TASK_NOT_FOUND' })
    // Its list may have been deleted in the meantime.
    const listId = (await isLiveList(writer, task.listId)) ? task.listId : null
    if (task.deletedAt) writer.tasks.change(task, { deletedAt: null, listId })
    return ok(null)
  })
  return !restored.ok && restored.error.code === 'TASK_NOT_FOUND' ? denyTask(actor, taskId) : restored
}
