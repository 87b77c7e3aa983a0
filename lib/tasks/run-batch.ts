import type { Actor } from '#lib/actor.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { TaskRefusal } from './errors.ts'
import { type TaskWriter, type Written, writeTasks } from './journal/write-tasks.ts'
import type { NewTask, TaskChanges } from './schema.ts'
import { addTask } from './steps/add-task.ts'
import { changeTask } from './steps/change-task.ts'
import type { Versions } from './steps/find-task.ts'
import { labelTask } from './steps/label-task.ts'
import { denyStep, type StepRefusal } from './steps/refusal.ts'
import { removeTask } from './steps/remove-task.ts'
import { type Shift, shiftTask } from './steps/shift-task.ts'
import type { SavedTask } from './task.ts'

export type Operation =
  | { op: 'create'; task: NewTask }
  | { op: 'update'; id: string; changes: TaskChanges; versions?: Versions }
  | { op: 'shift'; id: string; shift: Shift; among: string[] }
  | { op: 'label'; id: string; label: string; isAdded: boolean }
  | { op: 'delete'; id: string; versions?: Versions }

/** The refused operation, and the field with the id that the actor cannot use. */
export type BatchRefusal = { refusal: TaskRefusal; index: number; field: string | null }

/**
 * Changes many tasks in their order, all of them or none, as one batch. An operation finds what the ones before it did.
 * @returns the task after each operation, null for a deleted one; the refusal of the first operation that is refused
 */
export async function runBatch(
  actor: Actor,
  operations: Operation[],
  { now }: { now: Date },
): Promise<Written<(SavedTask | null)[], BatchRefusal>> {
  let index = 0
  const written = await writeTasks<(SavedTask | null)[], StepRefusal>(actor, { now }, async (writer) => {
    index = 0
    await loadRows(writer, operations)
    const saved: (SavedTask | null)[] = []
    for (const operation of operations) {
      const result = await runOperation(writer, operation)
      if (!result.ok) return result
      saved.push(result.value)
      index++
    }
    return ok(await withoutDeletedNext(writer, saved))
  })
  if (written.ok) return written
  const field = 'field' in written.error ? written.error.field : null
  return err({ refusal: await denyStep(actor, written.error), index, field })
}

function runOperation(
  writer: TaskWriter,
  operation: Operation,
): Promise<Result<SavedTask | null, StepRefusal>> {
  const { op } = operation
  if (op === 'create') return addTask(writer, operation.task)
  if (op === 'shift') return shiftTask(writer, operation.id, operation)
  if (op === 'label') return labelTask(writer, operation.id, operation)
  const { id, versions } = operation
  if (op === 'delete') return removeTask(writer, id, { versions })
  return changeTask(writer, id, { changes: operation.changes, versions })
}

/** A later operation can take a completion back, and with it the task that follows. */
async function withoutDeletedNext(
  { tasks }: TaskWriter,
  saved: (SavedTask | null)[],
): Promise<(SavedTask | null)[]> {
  const all: (SavedTask | null)[] = []
  for (const task of saved) {
    if (!task?.nextTaskId) {
      all.push(task)
      continue
    }
    const { nextTaskId, ...rest } = task
    const next = await tasks.find(nextTaskId)
    all.push(next && !next.deletedAt ? task : rest)
  }
  return all
}

/** One query in place of one per operation. */
async function loadRows({ tasks, lists }: TaskWriter, operations: Operation[]): Promise<void> {
  await tasks.load(
    operations.flatMap((operation) => (operation.op === 'create' ? (operation.task.id ?? []) : operation.id)),
  )
  await lists.load(
    operations.flatMap((operation) => {
      if (operation.op === 'create') return operation.task.listId ?? []
      return operation.op === 'update' ? (operation.changes.listId ?? []) : []
    }),
  )
}
