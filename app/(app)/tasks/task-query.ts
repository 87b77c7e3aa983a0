import { z } from 'zod'
import { pagingSchema } from '#lib/page.ts'
import { label } from '#lib/tasks/body-schema.ts'
import { type Cursor, parseCursor } from '#lib/tasks/query/cursor.ts'
import { ORDERS, type Order } from '#lib/tasks/query/orders.ts'
import type { TaskFilter } from '#lib/tasks/query/task-filter.ts'
import { plainText } from '#lib/text-schema.ts'

const SORTS = ORDERS.filter((order) => order !== 'completed')

const text = plainText(200)

const FIELDS = {
  view: z.enum(['today', 'upcoming', 'inbox', 'done']),
  list: z.uuid().toLowerCase(),
  label,
  priority: z.enum(['1', '2', '3']),
  q: text,
  sort: z.enum(SORTS),
  cursor: z.string().refine((cursor) => parseCursor(cursor) !== null),
  limit: z.string().refine((limit) => pagingSchema.shape.limit.safeParse(limit).success),
}

type Field = keyof typeof FIELDS

/** What the address of the page of tasks asks for, in texts as it has them. */
export type TaskQuery = { [Name in Field]?: z.output<(typeof FIELDS)[Name]> }

/** @returns the parameters that make sense, and the names of the others */
export function readTaskQuery(params: Record<string, unknown>): { query: TaskQuery; dropped: Field[] } {
  const dropped: Field[] = []
  const read: Record<string, string> = {}
  for (const name of Object.keys(FIELDS) as Field[]) {
    const typed = params[name]
    // Forms send their empty fields as well.
    if (typed === undefined || (typeof typed === 'string' && typed.trim() === '')) continue
    const parsed = FIELDS[name].safeParse(typed)
    if (parsed.success) read[name] = parsed.data
    else dropped.push(name)
  }
  const query: TaskQuery = read
  if (!query.cursor || cursorOf(query)) return { query, dropped }
  const { cursor: _, ...rest } = query
  return { query: rest, dropped: [...dropped, 'cursor'] }
}

/** @param also further parameters of the page */
export function tasksPath(query: TaskQuery, also: Record<string, string> = {}): string {
  const given = Object.entries({ ...query, ...also }).filter(([, value]) => value !== undefined)
  return given.length > 0 ? `/tasks?${new URLSearchParams(given)}` : '/tasks'
}

/** The address of the page that a form is on, where a log-in leads back to. @param also further parameters of the page */
export function pathOfForm(form: FormData, also?: Record<string, string>): string {
  // Any client can call an action with any argument.
  const fields = form instanceof FormData ? Object.fromEntries(form) : {}
  return tasksPath(readTaskQuery(fields).query, also)
}

const ORDER_OF_VIEW = { today: 'due', upcoming: 'due', inbox: 'position', done: 'completed' } as const

export function orderOf({ view, list, sort }: TaskQuery): Order {
  return sort ?? (view ? ORDER_OF_VIEW[view] : list ? 'position' : 'created')
}

/** The orders that a page offers. @returns none for a view with one order */
export function sortsOf({ view, list }: TaskQuery) {
  if (view === 'upcoming' || view === 'done') return []
  // Tasks have a place among those of their list.
  return SORTS.filter((sort) => sort !== 'position' || list || view === 'inbox')
}

/** @returns undefined for the first page, and for a cursor of another order */
export function cursorOf(query: TaskQuery): Cursor | undefined {
  const cursor = query.cursor ? parseCursor(query.cursor) : null
  return cursor?.order === orderOf(query) ? cursor : undefined
}

/** Whether the page shows what was completed today below the open tasks. */
export function hasDoneToday({ view, q }: TaskQuery): boolean {
  return !view && !q
}

export function filterOf(query: TaskQuery): TaskFilter {
  const { view, list, label, priority, q } = query
  return {
    view,
    listId: list,
    label,
    priority: priority && Number(priority),
    q,
    ...(hasDoneToday(query) && { isCompleted: false }),
  }
}
