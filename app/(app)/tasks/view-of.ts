import type { TaskView } from '#components/tasks/task-view.ts'
import { formatCalendarDay, formatStartDay } from '#lib/format-date.ts'
import { repeatOf } from '#lib/tasks/repeat/repeat.ts'
import type { Task } from '#lib/tasks/task.ts'

/** The heading of tasks that were due before today. */
export const OVERDUE = 'Overdue'

type ViewOptions = {
  /** The day that it is for the user. */
  today: string
  /** The name of its list, where the page mixes lists. */
  list?: string | undefined
  /** The group's heading. What it names is not repeated: a day, or that the tasks are overdue. */
  heading?: string | undefined
}

export function viewOf(task: Task, { today, list, heading }: ViewOptions): TaskView {
  const { id, title, description, completedAt, dueOn, priority, labels, seriesId } = task
  const due = completedAt ? '' : describeDue(task, { today, heading })
  const repeat = completedAt ? null : repeatOf(task)
  return {
    id,
    title,
    ...(description && { description }),
    ...(completedAt && { completed: true }),
    ...(due && { due }),
    ...(due && dueOn && dueOn < today && heading !== OVERDUE && { isOverdue: true }),
    ...(repeat && { repeats: repeat.text.replace(/^E/, 'e') }),
    ...(repeat && seriesId && { series: seriesId }),
    ...(priority > 0 && { priority }),
    ...(labels.length > 0 && { labels }),
    ...(list && { list }),
  }
}

/** "Tomorrow, 15:00 New York", or "From Fri 4 Dec" for a task that has only a start. */
function describeDue(
  { dueOn, dueTime, dueZone, startOn }: Task,
  { today, heading }: Omit<ViewOptions, 'list'>,
): string {
  if (!dueOn) return startOn && startOn > today ? formatStartDay(startOn, today) : ''
  const day = formatCalendarDay(dueOn, today)
  const city = dueZone?.split('/').at(-1)?.replaceAll('_', ' ')
  const time = [dueTime, city].filter(Boolean).join(' ')
  return [day === heading ? '' : day, time].filter(Boolean).join(', ')
}
