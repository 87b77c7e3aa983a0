import type { TaskText } from '#lib/tasks/fingerprint.ts'

/** A task as the server passes it to client components. */
export type TaskView = {
  id: string
  title: string
  description: string | null
  completed: boolean
  /** ISO 8601. */
  createdAt: string
  /** Of the texts, for the editor to send back (lib/tasks/edit-task.ts). */
  fingerprints: Record<TaskText, string>
}

/** A task that is being saved. */
export type UnsavedTask = Omit<TaskView, 'fingerprints'>
