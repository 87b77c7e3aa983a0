import type { Actor } from '#lib/actor.ts'
import { preparedRead, type SqlValue } from '#lib/db/prepared-statement.ts'
import { cutPage, PAGE_SIZE, type PageRequest } from '#lib/page.ts'
import { selectList, TASK_COLUMNS, type Task } from './task.ts'

type Page<Row> = { tasks: Row[]; nextCursor: string | null }

/** A task whose times are texts, as in an answer of the API. */
export type ListedTask = Omit<Task, 'completedAt' | 'createdAt' | 'updatedAt'> & {
  completedAt: string | null
  createdAt: string
  updatedAt: string
}

const readTasks = preparedRead<Task>(selectPage({ owner: '$1::uuid', cursor: '$2', limit: '$3' }))

/** Newest first: version 7 ids sort by time, and the cursor is an id. */
export async function listTasks(actor: Actor, request: PageRequest): Promise<Page<Task>> {
  return toPage(await readTasks(actor.userId, ...valuesOf(request)), request)
}

const OWN_TASKS = `
  SELECT coalesce(json_agg(task), '[]')
  FROM (${selectPage({ owner: '$2::uuid', cursor: '$4', limit: '$5' })}) AS task`

/** The same page for the statement that checks the session. */
export function readOwnTasks(request: PageRequest): { sql: string; values: SqlValue[] } {
  return { sql: OWN_TASKS, values: valuesOf(request) }
}

/** @param own what `readOwnTasks` has read */
export function toOwnTasks(own: unknown, request: PageRequest): Page<ListedTask> {
  const tasks = (own as ListedTask[]).map((task) => ({
    ...task,
    completedAt: task.completedAt && toIsoTime(task.completedAt),
    createdAt: toIsoTime(task.createdAt),
    updatedAt: toIsoTime(task.updatedAt),
  }))
  return toPage(tasks, request)
}

// One statement for every page, and no `OR` in it, so that each page is one range of the index.
function selectPage({ owner, cursor, limit }: Record<'owner' | 'cursor' | 'limit', string>): string {
  return `
    SELECT ${selectList(TASK_COLUMNS)}
    FROM tasks
    WHERE user_id = ${owner} AND deleted_at IS NULL
      AND id < coalesce(${cursor}::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
    ORDER BY id DESC LIMIT ${limit}::int`
}

function valuesOf({ limit = PAGE_SIZE, cursor }: PageRequest): [string | null, number] {
  return [cursor ?? null, limit + 1]
}

function toPage<Row extends { id: string }>(found: Row[], { limit = PAGE_SIZE }: PageRequest): Page<Row> {
  const { rows, nextCursor } = cutPage(found, limit, ({ id }) => id)
  return { tasks: rows, nextCursor }
}

/** From the JSON of PostgreSQL in UTC, `2026-11-29T11:50:19.1+00:00`, to that of JavaScript. */
function toIsoTime(text: string): string {
  if (!text.endsWith('+00:00')) return new Date(text).toISOString()
  return `${text.slice(0, -6).padEnd(20, '.').padEnd(23, '0')}Z`
}
