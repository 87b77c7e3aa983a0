/** A task as the server passes it to client components. Fields without a value are absent, which keeps pages small. */
export type TaskView = {
  id: string
  title: string
  description?: string
  completed?: true
  /** When it is due, in words. */
  due?: string
  isOverdue?: true
  /** Its rule in words: "every week on Monday". */
  repeats?: string
  /** Of a repeated task: what it has in common with the tasks before and after it. */
  series?: string
  /** 1 is high, 3 is low. */
  priority?: number
  labels?: string[]
  /** The name of its list, where lists are mixed. */
  list?: string
}

/** Tasks under one heading, such as "Overdue". A list without headings is one group. */
export type TaskGroup = {
  heading?: string
  /** Of its tasks, where the heading shows it. */
  count?: number
  isOverdue?: true
  /** The day that a task is due on if it is moved here. */
  day?: string
  tasks: TaskView[]
}

/** Where the page is: the parameters of its address that choose its tasks. */
export type TaskPlace = Record<string, string>

export function pathOf(place: TaskPlace): string {
  const query = new URLSearchParams(place)
  return query.size > 0 ? `/tasks?${query}` : '/tasks'
}

/** The page of a task, which returns to the place. */
export function taskPathOf(taskId: string, place: TaskPlace): string {
  const from = pathOf(place)
  return from === '/tasks' ? `/tasks/${taskId}` : `/tasks/${taskId}?${new URLSearchParams({ from })}`
}

/** The place on its first page, where new tasks are. */
export function firstPageOf({ cursor: _, ...place }: TaskPlace): TaskPlace {
  return place
}
