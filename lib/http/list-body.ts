import type { CountedList } from '#lib/tasks/lists/list.ts'

/** A list in an answer of the API and in the download of an account's data (docs/task-api.md). */
export function listBody(list: CountedList) {
  return {
    id: list.id,
    name: list.name,
    position: list.position,
    archived_at: list.archivedAt,
    open_count: list.openCount,
    created_at: list.createdAt,
    updated_at: list.updatedAt,
    version: list.version,
  }
}
