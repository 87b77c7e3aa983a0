import { err, ok, type Result } from '#lib/result.ts'
import { isLiveList } from '../journal/is-live-list.ts'
import type { TaskWriter } from '../journal/write-tasks.ts'
import { continueSeries } from '../repeat/series.ts'
import type { TaskChanges } from '../schema.ts'
import { settleFields } from '../settle-fields.ts'
import { type SavedTask, type SettableFields, type StoredTask, toTask, withoutUndefined } from '../task.ts'
import { findTask, type Versions } from './find-task.ts'
import { placeTask, takeFirstPlace } from './place-task.ts'
import type { StepRefusal } from './refusal.ts'

/**
 * Completing a task twice keeps the first time, and a change without a difference keeps the version. In another list, the
 * task is the first one.
 * @returns the changed task; `TASK_NOT_FOUND`; `LIST_NOT_FOUND`; `INVALID_DUE`; `INVALID_REPEAT`; `INVALID_PLACE`; `VERSION_MISMATCH`
 */
export async function changeTask(
  writer: TaskWriter,
  taskId: string,
  { changes, versions }: { changes: TaskChanges; versions: Versions },
): Promise<Result<SavedTask, StepRefusal>> {
  const { isCompleted, afterId, ...fields } = changes
  const found = await findTask(writer, taskId, { versions })
  if (!found.ok) return found
  const task = found.value
  const set: Partial<SettableFields> = withoutUndefined(fields)
  const settled = await settleFields(writer, set, task)
  if (!settled.ok) return settled
  const listId = set.listId === undefined ? task.listId : set.listId
  if (!(await isLiveList(writer, set.listId))) {
    return err({ code: 'LIST_NOT_FOUND', id: listId ?? '', field: 'list_id' })
  }
  const place = await findPlace(writer, task, { listId, afterId })
  if (!place.ok) return place
  const changed = writer.tasks.change(task, {
    ...settled.value,
    position: place.value,
    ...(isCompleted === true && { completedAt: task.completedAt ?? writer.batch.now }),
    ...(isCompleted === false && { completedAt: null }),
  })
  const { task: saved, ...next } = await continueSeries(writer, { before: task, after: changed })
  return ok({ ...toTask(saved), ...next })
}

async function findPlace(
  writer: TaskWriter,
  task: StoredTask,
  { listId, afterId }: { listId: string | null; afterId: string | null | undefined },
): Promise<Result<string, StepRefusal>> {
  if (afterId !== undefined) return placeTask(writer, task, { listId, afterId })
  return ok(listId === task.listId ? task.position : takeFirstPlace(writer.batch))
}
