/** A task as the page's components take it. */
export type TaskView = {
  id: string
  title: string
  description: string | null
  completed: boolean
  /** ISO 8601. */
  createdAt: string
}
