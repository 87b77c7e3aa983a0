import { err, ok, type Result } from '#lib/result.ts'
import type { VersionMismatch } from '../errors.ts'
import type { TaskWriter } from '../journal/write-tasks.ts'
import { type StoredTask, toTask } from '../task.ts'
import type { Missing } from './refusal.ts'

/** The versions that the caller agrees to change, as they were before the batch; any version if absent. */
export type Versions = readonly number[] | undefined

/** @returns a task that is not deleted; `TASK_NOT_FOUND`; `VERSION_MISMATCH` */
export async function findTask(
  { tasks }: TaskWriter,
  id: string,
  { versions }: { versions: Versions },
): Promise<Result<StoredTask, Missing | VersionMismatch>> {
  const task = await tasks.find(id)
  if (!task || task.deletedAt) return err({ code: 'TASK_NOT_FOUND', id, field: 'id' })
  // What the batch has done before is not stored yet.
  const stored = tasks.differences.get(task.id)?.before ?? task
  const isExpected = !versions || versions.includes(stored.version)
  return isExpected ? ok(task) : err({ code: 'VERSION_MISMATCH', task: toTask(stored) })
}
