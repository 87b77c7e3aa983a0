import type { TaskGroup, TaskView } from '#components/tasks/task-view.ts'
import { formatCalendarDay } from '#lib/format-date.ts'
import { dayIn } from '#lib/tasks/day-in.ts'
import type { Task } from '#lib/tasks/task.ts'
import { orderOf, type TaskQuery } from './task-query.ts'
import { OVERDUE, viewOf } from './view-of.ts'

type GroupOptions = {
  query: TaskQuery
  /** Below the others. */
  doneToday: Task[]
  timeZone: string
  now: Date
  listNames: ReadonlyMap<string, string>
  /** Whether these are all tasks of the view, so that they can be counted. */
  isComplete: boolean
}

const STARTS_LATER = 'Starts later'
const DONE_TODAY = 'Done today'

/** The tasks of a page under the headings of its view. Tasks keep their order. */
export function groupTasks(
  tasks: Task[],
  { query, doneToday, timeZone, now, listNames, isComplete }: GroupOptions,
): TaskGroup[] {
  const today = dayIn(timeZone, now)
  const headings = [...new Set(tasks.map(headingOf))].sort(
    (a, b) => Number(b === OVERDUE) - Number(a === OVERDUE),
  )
  const groups = headings.map((heading) =>
    group(
      heading,
      tasks.filter((task) => headingOf(task) === heading),
    ),
  )
  return doneToday.length > 0 ? [...groups, group(DONE_TODAY, doneToday)] : groups

  function headingOf({ dueOn, completedAt }: Task): string | undefined {
    if (query.view === 'today') return dueOn && dueOn < today ? OVERDUE : 'Today'
    if (query.view === 'upcoming' && orderOf(query) === 'due')
      return dueOn ? formatCalendarDay(dueOn, today) : STARTS_LATER
    if (query.view === 'done' && completedAt && orderOf(query) === 'completed')
      return formatCalendarDay(dayIn(timeZone, completedAt), today)
    return undefined
  }

  function group(heading: string | undefined, members: Task[]): TaskGroup {
    const views = members.map((task): TaskView => {
      const list = query.list || !task.listId ? undefined : listNames.get(task.listId)
      return viewOf(task, { today, list, heading })
    })
    const day = query.view === 'upcoming' ? members[0]?.dueOn : heading === 'Today' && today
    return {
      ...(heading && { heading }),
      ...(query.view === 'today' && isComplete && { count: views.length }),
      ...(heading === OVERDUE && { isOverdue: true }),
      ...(day && { day }),
      tasks: views,
    }
  }
}
