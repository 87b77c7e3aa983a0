export type Task = {
  id: string
  userId: string
  title: string
  description: string | null
  completedAt: Date | null
  /** Null is the Inbox. */
  listId: string | null
  createdAt: Date
  updatedAt: Date
  version: number
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
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  version: 'version',
} as const satisfies Record<keyof Task, string>

export const STORED_COLUMNS = { ...TASK_COLUMNS, deletedAt: 'deleted_at' } as const satisfies Record<
  keyof StoredTask,
  string
>

/** The list of a SELECT, with each column under the name of its field. */
export function selectList(columns: Record<string, string>): string {
  return Object.entries(columns)
    .map(([field, column]) => `${column} AS "${field}"`)
    .join(', ')
}

export function toTask({ deletedAt: _, ...task }: StoredTask): Task {
  return task
}
