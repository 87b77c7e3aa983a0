import { addDays } from '#lib/tasks/day.ts'
import type { NewTask } from '#lib/tasks/schema.ts'
import type { TaskQuery } from './task-query.ts'

/** Whether a new task can be such that the place shows it. */
export function canAddTo({ view, q }: TaskQuery): boolean {
  return view !== 'done' && !q
}

/** What a new task gets, so that the place where it was added shows it. */
export function fieldsOfPlace(
  { view, list, label, priority }: TaskQuery,
  today: string,
): Pick<NewTask, 'dueOn' | 'listId' | 'labels' | 'priority'> {
  return {
    ...(view === 'today' && { dueOn: today }),
    ...(view === 'upcoming' && { dueOn: addDays(today, 1) }),
    ...(list && { listId: list }),
    ...(label && { labels: [label] }),
    ...(priority && { priority: Number(priority) }),
  }
}
