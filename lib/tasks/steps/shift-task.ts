import type { Result } from '#lib/result.ts'
import type { TaskWriter } from '../journal/write-tasks.ts'
import type { Task } from '../task.ts'
import { changeTask } from './change-task.ts'
import { findTask } from './find-task.ts'
import { readRows } from './place-task.ts'
import type { StepRefusal } from './refusal.ts'

export type Shift = 'top' | 'up' | 'down'

/**
 * Moves an open task by one place of its list, or to the first one. At the end of the list it stays.
 * @param shift `among` has the ids of all tasks that move: they do not pass each other
 * @returns as `changeTask`
 */
export async function shiftTask(
  writer: TaskWriter,
  taskId: string,
  { shift, among }: { shift: Shift; among: string[] },
): Promise<Result<Task, StepRefusal>> {
  const found = await findTask(writer, taskId, { versions: undefined })
  if (!found.ok) return found
  const task = found.value
  const neighbours = { listId: task.listId, from: task, isBackward: shift === 'up', count: 2 }
  const [next, afterNext] = shift === 'top' ? [] : await readRows(writer, neighbours)
  const isAtEnd = task.completedAt !== null || (shift !== 'top' && (!next || among.includes(next.id)))
  const target = { top: null, up: afterNext?.id ?? null, down: next?.id ?? null }
  return changeTask(writer, taskId, {
    changes: isAtEnd ? {} : { afterId: target[shift] },
    versions: undefined,
  })
}
