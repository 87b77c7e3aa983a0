import type { StoredTask } from '../task.ts'

/** The fields of a task that the journal records, and that an undo brings back. */
export const JOURNAL_FIELDS = ['title', 'description', 'completedAt'] as const
export type JournalField = (typeof JOURNAL_FIELDS)[number]
export type TaskFields = Pick<StoredTask, JournalField>

/** Dates are texts, as JSON has them. */
export type RecordedFields = { [Field in JournalField]?: Recorded<TaskFields[Field]> }
type Recorded<Value> = Value extends Date ? string : Value

export type Change = {
  seq: number
  batchId: string
  kind: 'created' | 'changed' | 'deleted' | 'restored'
  taskId: string
  before: RecordedFields | null
  after: RecordedFields | null
  undoes: string | null
  createdAt: Date
}

/** `before` is null for a new task. */
export type TaskDifference = { before: StoredTask | null; after: StoredTask }

/** A change as the journal records it: all fields of a task that comes or goes, else those that differ. */
export function toRecord({ before, after }: TaskDifference): Pick<Change, 'kind' | 'before' | 'after'> {
  if (!before) return { kind: 'created', before: null, after: recorded(after, JOURNAL_FIELDS) }
  if (before.deletedAt) return { kind: 'restored', before: null, after: recorded(after, JOURNAL_FIELDS) }
  if (after.deletedAt) return { kind: 'deleted', before: recorded(before, JOURNAL_FIELDS), after: null }
  const fields = JOURNAL_FIELDS.filter((field) => !isSame(before[field], after[field]))
  return { kind: 'changed', before: recorded(before, fields), after: recorded(after, fields) }
}

/** Whether two values are the same in JSON. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

export function revive({ completedAt, ...fields }: RecordedFields): Partial<TaskFields> {
  return {
    ...fields,
    ...(completedAt !== undefined && { completedAt: completedAt === null ? null : new Date(completedAt) }),
  }
}

function recorded(task: StoredTask, fields: readonly JournalField[]): RecordedFields {
  return JSON.parse(JSON.stringify(Object.fromEntries(fields.map((field) => [field, task[field]]))))
}
