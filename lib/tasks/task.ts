import type { Repeat } from './repeat/repeat.ts'

export type Task = {
  id: string
  userId: string
  title: string
  description: string | null
  completedAt: Date | null
  /** Null is the Inbox. */
  listId: string | null
  /** `YYYY-MM-DD`. */
  dueOn: string | null
  /** `HH:MM` of a clock on the wall; null is the whole day. */
  dueTime: string | null
  /** Where that clock is; null is wherever the user is. */
  dueZone: string | null
  /** Not before this day. */
  startOn: string | null
  /** 1 is high, 3 is low, 0 is none. */
  priority: number
  labels: string[]
  /** As `formatRule` spells it; null does not repeat. The following three are null with it. */
  repeatRule: string | null
  repeatFrom: Repeat['from'] | null
  /** The day that the rule counts from. */
  repeatAnchor: string | null
  /** Of a task and its successors. At most one of them is open. */
  seriesId: string | null
  /** Sorts the tasks of a list, byte by byte. Tasks with the same one are in the order of their ids. */
  position: string
  createdAt: Date
  updatedAt: Date
  version: number
}

/** As a verb leaves it. */
export type SavedTask = Task & {
  /** The open task that follows a completed one in its series. */
  nextTaskId?: string
}

/** As the database has it. A deleted task is kept for "Undo". */
export type StoredTask = Task & { deletedAt: Date | null }

export const TASK_COLUMNS = {
  id: 'id',
  userId: 'user_id',
  title: 'title',
  description: 'description',
  completedAt: 'completed_at',
  listId: 'list_id',
  dueOn: 'due_on',
  dueTime: 'due_time',
  dueZone: 'due_zone',
  startOn: 'start_on',
  priority: 'priority',
  labels: 'labels',
  repeatRule: 'repeat',
  repeatFrom: 'repeat_from',
  repeatAnchor: 'repeat_anchor',
  seriesId: 'series_id',
  position: 'position',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  version: 'version',
} as const satisfies Record<keyof Task, string>

export const STORED_COLUMNS = { ...TASK_COLUMNS, deletedAt: 'deleted_at' } as const satisfies Record<
  keyof StoredTask,
  string
>

/** The fields that a user may set, but the title and the repetition. */
export const NO_FIELDS = {
  description: null,
  listId: null,
  dueOn: null,
  dueTime: null,
  dueZone: null,
  startOn: null,
  priority: 0,
  labels: [],
} satisfies Partial<Task>

export type SettableFields = Pick<Task, 'title' | keyof typeof NO_FIELDS> & { repeat: Repeat | null }

/** Days and times have no zone, so they stay texts. */
const AS_TEXT: Record<string, string> = {
  due_on: 'due_on::text',
  due_time: "to_char(due_time, 'HH24:MI')",
  start_on: 'start_on::text',
  repeat_anchor: 'repeat_anchor::text',
}

/** The list of a SELECT, with each column under the name of its field. */
export function selectList(columns: Record<string, string>): string {
  return Object.entries(columns)
    .map(([field, column]) => `${AS_TEXT[column] ?? column} AS "${field}"`)
    .join(', ')
}

export function toTask({ deletedAt: _, ...task }: StoredTask): Task {
  return task
}

export function withoutUndefined<Fields extends object>(fields: Fields): Defined<Fields> {
  const set = Object.entries(fields).filter(([, value]) => value !== undefined)
  return Object.fromEntries(set) as Defined<Fields>
}

type Defined<Fields> = { [Field in keyof Fields]: Exclude<Fields[Field], undefined> }
