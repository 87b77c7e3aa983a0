import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import type { Failure } from '#lib/failure.ts'
import { cutPage, PAGE_SIZE } from '#lib/page.ts'
import { ok, type Result } from '#lib/result.ts'
import { denyList } from '../lists/deny-list.ts'
import { selectList, TASK_COLUMNS, type Task } from '../task.ts'
import { type Cursor, formatCursor } from './cursor.ts'
import { afterRow, ORDER_RULES, type Order, orderBy } from './orders.ts'
import { type TaskFilter, toConditions } from './task-filter.ts'

type TaskQuery = {
  filter: TaskFilter
  order: Order
  /** Where the page before ended, in the same order. */
  cursor?: Cursor | undefined
  limit?: number | undefined
  /** The day that it is for the user. */
  today: string
}

const SELECT = Prisma.raw(selectList(TASK_COLUMNS))

/**
 * The actor's tasks that a filter lets through. A page begins after the last row of the one before, so that writes in
 * between repeat and miss nothing.
 * @returns a page; `LIST_NOT_FOUND` for a list that the actor does not have
 */
export async function queryTasks(
  actor: Actor,
  { filter, order, cursor, limit = PAGE_SIZE, today }: TaskQuery,
): Promise<Result<{ tasks: Task[]; nextCursor: string | null }, Failure<'LIST_NOT_FOUND'>>> {
  const { userId } = actor
  if (filter.listId !== undefined && !(await hasList(userId, filter.listId)))
    return denyList(actor, filter.listId)
  const conditions = [Prisma.sql`user_id = ${userId}::uuid`, ...toConditions(filter, today)]
  if (order === 'completed') conditions.push(Prisma.sql`completed_at IS NOT NULL`)
  if (cursor) conditions.push(afterRow(order, cursor))
  const found = await db().$queryRaw<(Task & { key: string })[]>`
    SELECT ${SELECT}, ${ORDER_RULES[order].text} AS key FROM tasks
    WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY ${orderBy(order)} LIMIT ${limit + 1}`
  const { rows, nextCursor } = cutPage(found, limit, ({ key, id }) => formatCursor({ order, key, id }))
  return ok({ tasks: rows.map(({ key: _, ...task }) => task), nextCursor })
}

async function hasList(userId: string, id: string): Promise<boolean> {
  return (await db().taskList.count({ where: { userId, id, deletedAt: null } })) > 0
}
