import { ok, type Result } from '#lib/result.ts'
import type { TaskWriter } from '../journal/write-tasks.ts'
import { findTask, type Versions } from './find-task.ts'
import type { StepRefusal } from './refusal.ts'

/** @returns `TASK_NOT_FOUND`; `VERSION_MISMATCH` */
export async function removeTask(
  writer: TaskWriter,
  taskId: string,
  { versions }: { versions: Versions },
): Promise<Result<null, StepRefusal>> {
  const task = await findTask(writer, taskId, { versions })
  if (!task.ok) return task
  writer.tasks.change(task.value, { deletedAt: writer.batch.now })
  return ok(null)
}
