import type { ListedTask } from '#lib/tasks/list-tasks.ts'
import { repeatOf } from '#lib/tasks/repeat/repeat.ts'
import type { Task } from '#lib/tasks/task.ts'

/** A task in an answer of the API and in the download of an account's data (docs/task-api.md). */
export function taskBody(task: Task | ListedTask) {
  return {
    id: task.id,
    user_id: task.userId,
    title: task.title,
    description: task.description,
    is_completed: task.completedAt !== null,
    completed_at: task.completedAt,
    list_id: task.listId,
    due_on: task.dueOn,
    due_time: task.dueTime,
    due_zone: task.dueZone,
    start_on: task.startOn,
    priority: task.priority,
    labels: task.labels,
    repeat: repeatOf(task),
    series_id: task.seriesId,
    position: task.position,
    created_at: task.createdAt,
    updated_at: task.updatedAt,
    version: task.version,
  }
}
