import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import { readPlanned } from '#lib/db/prepared-statement.ts'
import type { Failure } from '#lib/failure.ts'
import { cutPage, PAGE_SIZE } from '#lib/page.ts'
import { ok, type Result } from '#lib/result.ts'
import { denyList } from '../lists/deny-list.ts'
import { selectList, TASK_COLUMNS, type Task } from '../task.ts'
import { type Cursor, formatCursor } from './cursor.ts'
import { afterRow, ORDER_RULES, type Order, orderBy } from './orders.ts'
import { partsOf, type TaskFilter, toConditions } from './task-filter.ts'

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
  const conditions = [Prisma.sql`user_id = ${userId}::uuid`, ...toConditions(filter)]
  if (order === 'completed') conditions.push(Prisma.sql`completed_at IS NOT NULL`)
  if (cursor) conditions.push(afterRow(order, cursor))
  const sorted = Prisma.sql`ORDER BY ${sortOf(filter, order)} LIMIT ${limit + 1}`
  const found = await readPlanned<Task & { key: string }>(Prisma.sql`
    ${filter.q === undefined ? Prisma.empty : probe(conditions)}
    SELECT ${SELECT}, ${ORDER_RULES[order].text} AS key
    FROM (${Prisma.join(branches(filter, { conditions, today, sorted }), ' UNION ALL ')}) AS tasks ${sorted}`)
  const { rows, nextCursor } = cutPage(found, limit, ({ key, id }) => formatCursor({ order, key, id }))
  return ok({ tasks: rows.map(({ key: _, ...task }) => task), nextCursor })
}

/** Sorts by the NULLs of the filter, too, where an index has them: the planner does not see that they are equal. */
function sortOf(filter: TaskFilter, order: Order): Prisma.Sql {
  const isInbox = filter.view === 'inbox'
  const isOpen = filter.isCompleted === false || (filter.view && !['all', 'done'].includes(filter.view))
  const way = Prisma.raw(ORDER_RULES[order].direction)
  return Prisma.join([
    ...(isInbox && (order === 'created' || order === 'position') ? [Prisma.sql`list_id ${way}`] : []),
    ...(isOpen && order === 'created' ? [Prisma.sql`completed_at ${way}`] : []),
    orderBy(order),
  ])
}

type Branches = { conditions: Prisma.Sql[]; today: string; sorted: Prisma.Sql }

function branches(filter: TaskFilter, { conditions, today, sorted }: Branches): Prisma.Sql[] {
  const isSearch = filter.q !== undefined
  const inOrder = partsOf(filter, today).map((part) => {
    const all = Prisma.join(
      [...conditions, part, ...(isSearch ? [Prisma.sql`${HITS} > ${MOST_HITS}`] : [])],
      ' AND ',
    )
    return Prisma.sql`(SELECT * FROM tasks WHERE ${all} ${sorted})`
  })
  if (!isSearch) return inOrder
  const part = Prisma.join(partsOf(filter, today), ') OR (')
  return [
    Prisma.sql`(SELECT * FROM probe WHERE ${HITS} <= ${MOST_HITS} AND ((${part})) ${sorted})`,
    ...inOrder,
  ]
}

const MOST_HITS = 200
const HITS = Prisma.sql`(SELECT count(*) FROM probe)`

/**
 * The planner cannot know how many tasks have a text. Few are found by an index and then sorted; of many, the first ones
 * in the order are found soon.
 */
function probe(conditions: Prisma.Sql[]): Prisma.Sql {
  return Prisma.sql`
    WITH probe AS MATERIALIZED (
      SELECT * FROM tasks WHERE ${Prisma.join(conditions, ' AND ')} LIMIT ${MOST_HITS + 1}
    )`
}

async function hasList(userId: string, id: string): Promise<boolean> {
  return (await db().taskList.count({ where: { userId, id, deletedAt: null } })) > 0
}
