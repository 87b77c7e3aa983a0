import { err, ok, type Result } from '#lib/result.ts'
import { newId } from '#lib/uuid.ts'
import { isLiveList } from '../journal/is-live-list.ts'
import type { TaskWriter } from '../journal/write-tasks.ts'
import { NO_REPEAT } from '../repeat/repeat.ts'
import type { NewTask } from '../schema.ts'
import { settleFields } from '../settle-fields.ts'
import { NO_FIELDS, type Task, toTask, withoutUndefined } from '../task.ts'
import { takeFirstPlace } from './place-task.ts'
import type { StepRefusal } from './refusal.ts'

/**
 * The new task is the first one of its list. An id that the actor's task has already adds nothing, so that a client can
 * send its request again.
 * @returns the task; `INVALID_DUE`; `INVALID_REPEAT`; `LIST_NOT_FOUND`; `TASK_NOT_FOUND` for an id that cannot be used
 */
export async function addTask(
  writer: TaskWriter,
  { id: chosenId, title, ...fields }: NewTask,
): Promise<Result<Task, StepRefusal>> {
  const { userId, now } = writer.batch
  if (chosenId !== undefined) {
    const known = await writer.tasks.find(chosenId)
    if (known && !known.deletedAt) return ok(toTask(known))
    if (known || (await isTaken(writer, chosenId)))
      return err({ code: 'TASK_NOT_FOUND', id: chosenId, field: 'id' })
  }
  const empty = { ...NO_FIELDS, ...NO_REPEAT }
  const settled = await settleFields(writer, { ...NO_FIELDS, ...withoutUndefined(fields) }, empty)
  if (!settled.ok) return settled
  const { listId = null } = settled.value
  if (!(await isLiveList(writer, listId))) {
    return err({ code: 'LIST_NOT_FOUND', id: listId ?? '', field: 'list_id' })
  }
  const times = { completedAt: null, createdAt: now, updatedAt: now }
  const position = takeFirstPlace(writer.batch)
  const set = { ...empty, ...settled.value, position, ...times }
  const task: Task = { id: chosenId ?? newId(now), userId, title, ...set, version: 1 }
  writer.tasks.add({ ...task, deletedAt: null })
  return ok(task)
}

/** Whether another account's task has the id. */
async function isTaken({ tx }: TaskWriter, id: string): Promise<boolean> {
  const rows = await tx.$queryRaw<object[]>`SELECT 1 FROM tasks WHERE id = ${id}::uuid`
  return rows.length > 0
}
