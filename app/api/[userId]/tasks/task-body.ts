import type { Client } from '#lib/audit/events'
import { answerMeta } from '#lib/auth/edge/error-envelope'
import type { Task } from '#lib/tasks/task'

/** A task as the API shows it (contract 2.5). */
export function taskBody(task: Task) {
  return {
    id: task.id,
    user_id: task.userId,
    title: task.title,
    description: task.description,
    is_completed: task.completedAt !== null,
    completed_at: task.completedAt,
    created_at: task.createdAt,
    updated_at: task.updatedAt,
  }
}

/** One task in its envelope. */
export function taskReply(task: Task, { requestId }: Client) {
  return { status: 200, body: { data: taskBody(task), meta: answerMeta(requestId) } }
}
