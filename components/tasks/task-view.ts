/** A task as the server passes it to client components. Fields without a value are absent, which keeps pages small. */
export type TaskView = {
  id: string
  title: string
  description?: string
  completed?: true
  /** ISO 8601, to the minute. */
  createdAt: string
}

/** Which part of the list a page shows, as in its address. */
export type ListPart = { cursor?: string; limit?: string }
