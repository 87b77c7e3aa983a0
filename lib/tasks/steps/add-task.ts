import { err, ok, type Result } from '#lib/result.ts'
import { newId } from '#lib/uuid.ts'
import { isLiveList } from '../journal/is-live-list.ts'
import type { TaskWriter } from '../journal/write-tasks.ts'
import { NO_REPEAT } from '../repeat/repeat.ts'
import type { NewTask } from '../schema.ts'
import { settleFields } from '../settle-fields.ts'
import { NO_FIELDS, type Task, withoutUndefined } from '../task.ts'
import { takeFirstPlace } from './place-task.ts'
import type { StepRefusal } from './refusal.ts'

/** The new task is the first one of its list. @returns the task; `INVALID_DUE`; `INVALID_REPEAT`; `LIST_NOT_FOUND` */
export async function addTask(
  writer: TaskWriter,
  { title, ...fields }: NewTask,
): Promise<Result<Task, StepRefusal>> {
  const { userId, now } = writer.batch
  const empty = { ...NO_FIELDS, ...NO_REPEAT }
  const settled = await settleFields(writer, { ...NO_FIELDS, ...withoutUndefined(fields) }, empty)
  if (!settled.ok) return settled
  const { listId = null } = settled.value
  if (!(await isLiveList(writer, listId))) return err({ code: 'LIST_NOT_FOUND', id: listId ?? '' })
  const times = { completedAt: null, createdAt: now, updatedAt: now }
  const position = takeFirstPlace(writer.batch)
  const set = { ...empty, ...settled.value, position, ...times }
  const task: Task = { id: newId(now), userId, title, ...set, version: 1 }
  writer.tasks.add({ ...task, deletedAt: null })
  return ok(task)
}
