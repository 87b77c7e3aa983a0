import type { Actor } from '#lib/actor.ts'
import { utc } from '#lib/format-date.ts'
import { ok, type Result } from '#lib/result.ts'
import { dayIn } from '#lib/tasks/day-in.ts'
import { queryTasks } from '#lib/tasks/query/query-tasks.ts'
import type { Task } from '#lib/tasks/task.ts'
import { dayOf, offsetOf, startOfDay } from '#lib/time-zone.ts'
import { cursorOf, filterOf, hasDoneToday, orderOf, type TaskQuery } from './task-query.ts'

type TaskPage = { tasks: Task[]; nextCursor: string | null; doneToday: Task[] }

/** The tasks of a page, and what was completed today. @returns `LIST_NOT_FOUND` for a list that the actor does not have */
export async function readTasks(
  actor: Actor & { timeZone: string | null },
  query: TaskQuery,
  now: Date,
): Promise<Result<TaskPage, { code: 'LIST_NOT_FOUND' }>> {
  const today = dayIn(actor.timeZone ?? 'UTC', now)
  const filter = filterOf(query)
  const [page, done] = await Promise.all([
    queryTasks(actor, {
      filter,
      order: orderOf(query),
      cursor: cursorOf(query),
      limit: query.limit ? Number(query.limit) : undefined,
      today,
    }),
    hasDoneToday(query)
      ? queryTasks(actor, {
          filter: { ...filter, isCompleted: undefined, completedFrom: midnight(actor.timeZone, now) },
          order: 'completed',
          today,
        })
      : ok({ tasks: [] }),
  ])
  if (!page.ok) return page
  return ok({ ...page.value, doneToday: done.ok ? done.value.tasks : [] })
}

function midnight(timeZone: string | null, now: Date): Date {
  const offset = offsetOf(timeZone) ?? utc
  return startOfDay(dayOf(now, offset), offset)
}
