import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { closeDb, db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor } from '#lib/testing/factories.ts'
import { rowsTouched } from '#lib/testing/rows-touched.ts'
import { countOpenTasks } from '../count-open-tasks.ts'
import { getLists } from '../lists/get-lists.ts'
import { parseCursor } from './cursor.ts'
import type { Order } from './orders.ts'
import { queryTasks } from './query-tasks.ts'
import type { TaskFilter } from './task-filter.ts'

const OPEN = 20_000
const LIMIT = 20
/** A search reads 201 rows to find out whether there are many, and a page. Today reads all 67 tasks that have started. */
const MOST_ROWS = 240
const TODAY = '2026-11-29'

let sql: pg.Client
/** Has many tasks that are spread over lists and days. */
let ada: Actor
/** Has as many in one list, all of them overdue. */
let eve: Actor
const list = { small: randomUUID(), large: randomUUID(), all: randomUUID() }

beforeAll(async () => {
  await emptyTables()
  sql = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await sql.connect()
  ada = await createActor()
  eve = await createActor()
  const now = new Date()
  const row = { name: 'x', position: 'V', createdAt: now, updatedAt: now, version: 1 }
  await db().taskList.createMany({
    data: [
      { ...row, id: list.small, userId: ada.userId },
      { ...row, id: list.large, userId: ada.userId },
      { ...row, id: list.all, userId: eve.userId },
    ],
  })
  // The older half is open, so that a search from the newest task on finds completed ones first.
  await sql.query(
    `INSERT INTO tasks (id, user_id, title, list_id, due_on, due_time, start_on, priority, labels, position, completed_at, updated_at)
     SELECT (lpad(to_hex(i), 8, '0') || '-0000-7000-8000-000000000000')::uuid, $1::uuid,
            'task ' || i || CASE WHEN i % 4000 = 0 THEN ' water the ferns' ELSE '' END,
            CASE WHEN i % 400 = 0 THEN $2::uuid WHEN i < 8000 THEN $3::uuid END,
            CASE i % 4 WHEN 0 THEN $4::date + (i % 300) - 5 END,
            CASE i % 8 WHEN 0 THEN '09:30'::time END,
            CASE i % 10 WHEN 1 THEN $4::date + (i % 300) - 5 END,
            i % 4, CASE WHEN i % 200 = 0 THEN ARRAY['l' || i % 2000] ELSE '{}' END, 'm' || lpad(to_hex(i), 6, '0') || 'V', CASE WHEN i > $5::int THEN now() - (i || ' s')::interval END, now()
     FROM generate_series(1, 2 * $5::int) AS i`,
    [ada.userId, list.small, list.large, TODAY, OPEN],
  )
  await sql.query(
    `INSERT INTO tasks (id, user_id, title, list_id, due_on, position, updated_at)
     SELECT gen_random_uuid(), $1::uuid, 'task ' || i, $2::uuid, $3::date - 1, 'm' || lpad(to_hex(i), 6, '0') || 'V', now()
     FROM generate_series(1, $4::int) AS i`,
    [eve.userId, list.all, TODAY, OPEN],
  )
  await sql.query('VACUUM ANALYZE tasks')
  // Else these rows may be counted during a test: a backend reports at most once in a second.
  await sql.query('SELECT pg_stat_force_next_flush()')
}, 120_000)

afterAll(async () => {
  await sql.end()
  await closeDb()
  await emptyTables()
})

const open = { isCompleted: false }

const PAGES: [what: string, order: Order, filter: () => TaskFilter][] = [
  ['all open tasks', 'created', () => open],
  ['Today', 'due', () => ({ view: 'today' })],
  ['Upcoming', 'due', () => ({ view: 'upcoming' })],
  ['the Inbox', 'created', () => ({ view: 'inbox' })],
  ['the Inbox', 'position', () => ({ view: 'inbox' })],
  ['a small list', 'created', () => ({ listId: list.small, ...open })],
  ['a large list', 'created', () => ({ listId: list.large, ...open })],
  ['a large list', 'position', () => ({ listId: list.large, ...open })],
  ['all open tasks', 'priority', () => open],
  ['Today', 'priority', () => ({ view: 'today' })],
  ['Done', 'completed', () => ({ view: 'done' })],
  ['a label', 'created', () => ({ label: 'l200', ...open })],
  ['a label', 'due', () => ({ label: 'l200', ...open })],
  ['a label that no task has', 'created', () => ({ label: 'none', ...open })],
  ['a search', 'created', () => ({ q: 'the ferns', ...open })],
  ['a search for two words', 'created', () => ({ q: 'task ferns', ...open })],
  ['a search for a frequent word', 'created', () => ({ q: 'task', ...open })],
  ['a search without a match', 'created', () => ({ q: 'nowhere' })],
]

/** What some pages have in place of a full page. */
const FEWER: Record<string, number> = {
  'a label': 10,
  'a label that no task has': 0,
  'a search': 5,
  'a search for two words': 5,
  'a search without a match': 0,
}

async function read(actor: Actor, filter: TaskFilter, order: Order, pages: number): Promise<number> {
  let cursor: string | null = null
  let count = 0
  for (let page = 0; page < pages; page++) {
    const found = await queryTasks(actor, {
      filter,
      order,
      limit: LIMIT,
      today: TODAY,
      cursor: (cursor && parseCursor(cursor)) || undefined,
    })
    if (!found.ok) throw new Error(found.error.code)
    count += found.value.tasks.length
    cursor = found.value.nextCursor
    if (!cursor) break
  }
  return count
}

test.each(PAGES)('of many tasks, a page of %s by %s reads few rows', async (what, order, filter) => {
  const before = await rowsTouched(sql)
  const count = await read(ada, filter(), order, 1)
  expect((await rowsTouched(sql)) - before).toBeLessThan(MOST_ROWS)
  expect(count).toBe(FEWER[what] ?? LIMIT)
})

test.each(PAGES.slice(0, 5))('so does the tenth page of %s by %s', async (_, order, filter) => {
  const before = await rowsTouched(sql)
  expect(await read(ada, filter(), order, 10)).toBe(10 * LIMIT)
  expect((await rowsTouched(sql)) - before).toBeLessThan(10 * MOST_ROWS)
})

test('the navigation and the lists count many tasks in an index alone', async () => {
  const before = await rowsTouched(sql)
  const [counts, lists] = [await countOpenTasks(ada, TODAY), await getLists(ada)]
  expect((await rowsTouched(sql)) - before).toBeLessThan(MOST_ROWS)
  expect(counts).toMatchObject({ today: 200, inbox: 11_970 })
  for (const counted of [counts.lists, lists])
    expect(counted.map(({ openCount }) => openCount).toSorted()).toEqual([50, 7980])
})

test.each<[string, Order, () => TaskFilter]>([
  ['Today', 'due', () => ({ view: 'today' })],
  ['Today', 'created', () => ({ view: 'today' })],
  ['the list', 'created', () => ({ listId: list.all, ...open })],
  ['the list', 'position', () => ({ listId: list.all, ...open })],
])(
  'where all tasks are overdue and in one list, a page of %s by %s reads few rows',
  async (_, order, filter) => {
    const before = await rowsTouched(sql)
    expect(await read(eve, filter(), order, 2)).toBe(2 * LIMIT)
    expect((await rowsTouched(sql)) - before).toBeLessThan(2 * MOST_ROWS)
  },
)
