import type { Result } from '#lib/result.ts'
import type { InvalidDue, InvalidRepeat } from './errors.ts'
import type { TaskFields } from './journal/change.ts'
import type { TaskWriter } from './journal/write-tasks.ts'
import { dayOfAccount } from './repeat/day-of-account.ts'
import type { Repeat, RepeatFields } from './repeat/repeat.ts'
import { settleRepeat } from './repeat/settle-repeat.ts'
import { settleDue } from './settle-due.ts'
import type { StoredTask, Task } from './task.ts'

type Fields = Partial<TaskFields & Pick<StoredTask, 'deletedAt'>>

/** Fields as a verb sets them. */
export type FieldChanges = Fields & { repeat?: Repeat | null }

/**
 * Adds what changes of the due date and the repetition take with them.
 * @returns the fields of the row; `INVALID_DUE`; `INVALID_REPEAT`
 */
export async function settleFields(
  writer: TaskWriter,
  { repeat, ...fields }: FieldChanges,
  task: RepeatFields & Pick<Task, 'dueOn' | 'dueTime' | 'dueZone'>,
): Promise<Result<Fields, InvalidDue | InvalidRepeat>> {
  const dueOn = fields.dueOn === undefined ? task.dueOn : fields.dueOn
  const today = () => dayOfAccount(writer)
  const repetition = await settleRepeat(task, { repeat, dueOn, today })
  return repetition.ok ? settleDue({ ...fields, ...repetition.value }, task) : repetition
}
