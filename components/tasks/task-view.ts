import type { TaskText } from '#lib/tasks/fingerprint.ts'

/** A task as the page's components take it. */
export type TaskView = {
  id: string
  title: string
  description: string | null
  completed: boolean
  /** ISO 8601. */
  createdAt: string
  /** What an editor sends to say which texts it showed. */
  fingerprints: Record<TaskText, string>
}

/** One on its way to the server. */
export type UnsavedTask = Omit<TaskView, 'fingerprints'>
