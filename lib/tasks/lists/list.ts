/** A list of tasks. The Inbox is none: its tasks have no list. */
export type TaskList = {
  id: string
  name: string
  position: string
  archivedAt: Date | null
  createdAt: Date
  updatedAt: Date
  version: number
}

export type CountedList = TaskList & {
  /** Of its open tasks. */
  openCount: number
}

export type StoredList = TaskList & { userId: string; deletedAt: Date | null }

export const LIST_COLUMNS = {
  id: 'id',
  name: 'name',
  position: 'position',
  archivedAt: 'archived_at',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  version: 'version',
} as const satisfies Record<keyof TaskList, string>

export const STORED_LIST_COLUMNS = {
  ...LIST_COLUMNS,
  userId: 'user_id',
  deletedAt: 'deleted_at',
} as const satisfies Record<keyof StoredList, string>

export function toList({ userId: _, deletedAt: __, ...list }: StoredList): TaskList {
  return list
}
