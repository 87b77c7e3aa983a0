import type { StoredTask } from '../task.ts'

const DUE = [
  ...(['dueOn', 'dueTime', 'dueZone', 'repeatRule', 'repeatFrom', 'repeatAnchor', 'seriesId'] as const),
]

/** The fields that the journal records, and that an undo brings back. */
export const TASK_FIELDS = [
  ...([
    'title',
    'description',
    'completedAt',
    'listId',
    'startOn',
    'priority',
    'labels',
    'position',
  ] as const),
  ...DUE,
]
export const LIST_FIELDS = ['name', 'position', 'archivedAt'] as const

export type TaskFields = Pick<StoredTask, (typeof TASK_FIELDS)[number]>

/** Dates are texts, as JSON has them. */
export type RecordedFields = Record<string, string | number | boolean | string[] | null>

export type Change = {
  seq: number
  batchId: string
  kind: 'created' | 'changed' | 'deleted' | 'restored'
  /** The id of a task or of a list; the other one is null. */
  taskId: string | null
  listId: string | null
  before: RecordedFields | null
  after: RecordedFields | null
  undoes: string | null
  createdAt: Date
}

/** What tasks and lists have in common. */
export type JournalRow = { id: string; updatedAt: Date; deletedAt: Date | null; version: number }

/** `before` is null for a new row. */
export type Difference<Row extends JournalRow> = { before: Row | null; after: Row }

/** A change as the journal records it: all fields of what comes or goes, else those that differ. */
export function toRecord<Row extends JournalRow>(
  { before, after }: Difference<Row>,
  fields: readonly (keyof Row & string)[],
): Pick<Change, 'kind' | 'before' | 'after'> {
  if (!before) return { kind: 'created', before: null, after: recorded(after, fields) }
  if (before.deletedAt) return { kind: 'restored', before: null, after: recorded(after, fields) }
  if (after.deletedAt) return { kind: 'deleted', before: recorded(before, fields), after: null }
  const changed = withWholeDue(fields, (field) => !isSame(before[field], after[field]))
  return { kind: 'changed', before: recorded(before, changed), after: recorded(after, changed) }
}

/**
 * The fields that changed. The parts of a due date change together: a time or a repetition without its day means nothing.
 */
export function withWholeDue<Field extends string>(
  fields: readonly Field[],
  isChanged: (field: Field) => boolean,
): Field[] {
  const isPart = (field: Field) => DUE.some((part) => part === field)
  const isDueChanged = fields.some((field) => isPart(field) && isChanged(field))
  return fields.filter((field) => (isPart(field) ? isDueChanged : isChanged(field)))
}

/** Whether two values are the same in JSON. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

const TIMES = ['completedAt', 'archivedAt']

/** Recorded fields, as a row has them. */
export function revive(fields: RecordedFields): object {
  const entries = Object.entries(fields).map(([field, value]) => {
    return [field, TIMES.includes(field) && typeof value === 'string' ? new Date(value) : value]
  })
  return Object.fromEntries(entries)
}

function recorded<Row extends JournalRow>(row: Row, fields: readonly (keyof Row)[]): RecordedFields {
  return JSON.parse(JSON.stringify(Object.fromEntries(fields.map((field) => [field, row[field]]))))
}
