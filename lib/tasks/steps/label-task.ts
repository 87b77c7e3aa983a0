import { err, type Result } from '#lib/result.ts'
import type { TaskWriter } from '../journal/write-tasks.ts'
import { foldName } from '../lists/fold-name.ts'
import { MAX_LABELS } from '../quick/choose-tokens.ts'
import type { SavedTask } from '../task.ts'
import { changeTask } from './change-task.ts'
import { findTask } from './find-task.ts'
import type { StepRefusal } from './refusal.ts'

/**
 * Adds a label to those that a task has, or takes one from it, in upper or lower case.
 * @returns as `changeTask`; `TOO_MANY_LABELS`
 */
export async function labelTask(
  writer: TaskWriter,
  taskId: string,
  { label, isAdded }: { label: string; isAdded: boolean },
): Promise<Result<SavedTask, StepRefusal>> {
  const found = await findTask(writer, taskId, { versions: undefined })
  if (!found.ok) return found
  const { labels: before } = found.value
  const others = before.filter((one) => foldName(one) !== foldName(label))
  const hasLabel = others.length < before.length
  const labels = isAdded ? (hasLabel ? before : [...before, label]) : others
  if (labels.length > MAX_LABELS) return err({ code: 'TOO_MANY_LABELS' })
  return changeTask(writer, taskId, { changes: { labels }, versions: undefined })
}
