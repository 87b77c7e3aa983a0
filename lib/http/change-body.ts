import { type Change, type RecordedFields, revive } from '#lib/tasks/journal/change.ts'
import { LIST_COLUMNS } from '#lib/tasks/lists/list.ts'
import { type RepeatFields, repeatOf } from '#lib/tasks/repeat/repeat.ts'
import { TASK_COLUMNS } from '#lib/tasks/task.ts'

const REPEAT = { repeatRule: 'repeat', repeatFrom: 'repeat', repeatAnchor: 'repeat' }
const NAMES: Record<string, string> = { ...TASK_COLUMNS, ...LIST_COLUMNS, ...REPEAT }

/** A change in an answer of the API and in the download of an account's data (docs/task-api.md). */
export function changeBody(change: Change) {
  return {
    seq: change.seq,
    batch_id: change.batchId,
    kind: change.kind,
    task_id: change.taskId,
    list_id: change.listId,
    before: change.before && fieldsBody(change.before),
    after: change.after && fieldsBody(change.after),
    undoes: change.undoes,
    created_at: change.createdAt,
  }
}

function fieldsBody(fields: RecordedFields): object {
  const named = Object.entries(fields).map(([field, value]) => [fieldName(field), value])
  const repetition = 'repeatRule' in fields && { repeat: repeatOf(revive(fields) as RepeatFields) }
  return { ...Object.fromEntries(named), ...repetition }
}

/** The API names the fields of tasks and lists as the columns are named, and has one for a repetition. */
export function fieldName(field: string): string {
  return NAMES[field] ?? field
}
