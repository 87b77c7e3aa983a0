import type { Change, RecordedFields } from '#lib/tasks/journal/change.ts'
import { TASK_COLUMNS } from '#lib/tasks/task.ts'

/** A change in an answer of the API and in the download of an account's data (docs/task-api.md). */
export function changeBody(change: Change) {
  return {
    seq: change.seq,
    batch_id: change.batchId,
    kind: change.kind,
    task_id: change.taskId,
    before: change.before && fieldsBody(change.before),
    after: change.after && fieldsBody(change.after),
    undoes: change.undoes,
    created_at: change.createdAt,
  }
}

function fieldsBody(fields: RecordedFields): object {
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [fieldName(field), value]))
}

/** The API names the fields of a task as the columns are named. */
export function fieldName(field: string): string {
  return TASK_COLUMNS[field as keyof typeof TASK_COLUMNS]
}
