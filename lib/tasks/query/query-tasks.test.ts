import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, createActor, makeTask } from '#lib/testing/factories.ts'
import { deleteTask } from '../delete-task.ts'
import { createList } from '../lists/create-list.ts'
import { streamAllTasks } from '../stream-all-tasks.ts'
import type { Task } from '../task.ts'
import { updateTask } from '../update-task.ts'
import { type Cursor, formatCursor, parseCursor } from './cursor.ts'
import { ORDERS, type Order } from './orders.ts'
import { queryTasks } from './query-tasks.ts'
import { type TaskFilter, VIEWS } from './task-filter.ts'

const TODAY = '2026-11-29'
const DAYS = ['2026-11-28', TODAY, '2026-11-30', '2027-02-28', null]
let ada: Actor
let listId: string
let all: Task[]

// One set of tasks for all tests, which only read.
beforeAll(async () => {
  await emptyTables()
  ada = await createActor()
  const list = await createList(ada, { name: 'Home' }, { now: new Date() })
  listId = list.ok ? list.value.id : ''
  for (let n = 0; n < 60; n++) {
    const dueOn = DAYS[n % 5] ?? null
    const { id } = await makeTask(ada, {
      title: n % 7 ? `Task ${n}` : `100 %_done\\ ${n}`,
      description: n % 4 ? null : 'At the MARKET',
      dueOn,
      dueTime: dueOn && n % 2 ? '09:30' : null,
      startOn: DAYS[(n * 3) % 4] ?? null,
      ...(n % 3 === 0 && { startOn: null }),
      priority: n % 4,
      labels: n % 6 ? ['home', `l${n % 3}`] : [],
      listId: n % 2 ? listId : null,
    })
    if (n % 5 === 2)
      await updateTask(ada, id, {
        changes: { isCompleted: true },
        now: new Date(1_796_000_000_000 + (n % 15)),
      })
    if (n % 20 === 9) await deleteTask(ada, id, { now: new Date() })
  }
  await makeTask(await createActor(), { title: 'Task of another user', dueOn: TODAY, labels: ['home'] })
  all = []
  for await (const page of streamAllTasks(ada)) all.push(...page)
})

type Reading = { order?: Order; limit?: number; actor?: Actor }

async function read(
  filter: TaskFilter,
  { order = 'created', limit = 7, actor = ada }: Reading = {},
): Promise<Task[]> {
  const tasks: Task[] = []
  let cursor: Cursor | undefined
  do {
    const page = await queryTasks(actor, { filter, order, cursor, limit, today: TODAY })
    if (!page.ok) throw new Error(page.error.code)
    tasks.push(...page.value.tasks)
    cursor = page.value.nextCursor ? (parseCursor(page.value.nextCursor) ?? undefined) : undefined
  } while (cursor)
  return tasks
}

const isOpen = ({ completedAt }: Task) => completedAt === null
const isToday = ({ dueOn, startOn }: Task) => (dueOn ?? '9') <= TODAY || (startOn ?? '9') <= TODAY

/** The same filters, in memory. */
const FILTERS: [TaskFilter, (task: Task) => boolean][] = [
  [{}, () => true],
  [{ view: 'all' }, () => true],
  [{ view: 'today' }, (task) => isOpen(task) && isToday(task)],
  [{ view: 'upcoming' }, (task) => isOpen(task) && !isToday(task) && (task.dueOn ?? task.startOn) !== null],
  [{ view: 'inbox' }, (task) => isOpen(task) && task.listId === null],
  [{ view: 'done' }, (task) => !isOpen(task)],
  [{ isCompleted: false }, isOpen],
  [{ label: 'home', priority: 1 }, ({ labels, priority }) => labels.includes('home') && priority === 1],
  [{ dueBefore: TODAY }, ({ dueOn }) => (dueOn ?? '9') < TODAY],
  [{ dueAfter: TODAY, isCompleted: true }, (task) => (task.dueOn ?? '0') > TODAY && !isOpen(task)],
  [
    { completedFrom: new Date(1_796_000_000_007) },
    ({ completedAt }) => completedAt !== null && completedAt.getTime() >= 1_796_000_000_007,
  ],
  [{ q: 'market' }, ({ description }) => description !== null],
  [{ q: '%_DONE\\' }, ({ title }) => title.startsWith('100')],
  [{ q: '%' }, ({ title }) => title.includes('%')],
]

test.each(FILTERS)('%j lets through what it lets through in memory', async (filter, isIn) => {
  expect(await read(filter)).toEqual(all.filter(isIn))
})

test('a search finds words in any order, in title and description, and composed as well as decomposed', async () => {
  const actor = await createActor()
  const cafe = 'Café für Zoë'
  await makeTask(actor, { title: 'Milk and bread', description: 'At the market' })
  for (const form of ['NFC', 'NFD']) await makeTask(actor, { title: cafe.normalize(form) })
  const count = async (q: string) => (await read({ q }, { actor })).length
  for (const q of ['bread milk', 'milk  and', 'MARKET rea', '\tmilk\u00a0bread '])
    expect(await count(q), q).toBe(1)
  for (const q of ['milk butter', 'milkbread']) expect(await count(q), q).toBe(0)
  for (const form of ['NFC', 'NFD']) expect(await count('zoë café'.normalize(form)), form).toBe(2)
})

test('a search has at most ten words', async () => {
  const actor = await createActor()
  await makeTask(actor, { title: 'a b c d e f g h i j' })
  expect(await read({ q: 'j i h g f e d c b a z' }, { actor })).toHaveLength(1)
  expect(await read({ q: 'z j i h g f e d c b a' }, { actor })).toHaveLength(0)
})

test('a list has its own tasks alone', async () => {
  expect(await read({ listId })).toEqual(all.filter((task) => task.listId === listId))
})

const LAST = '~'
const KEYS: Record<Order, (task: Task) => string> = {
  created: () => '',
  completed: ({ completedAt }) => String(completedAt?.getTime()),
  due: ({ dueOn, dueTime }) => (dueOn ?? LAST) + (dueTime ?? LAST),
  priority: (task) => (task.priority || 9) + KEYS.due(task),
  position: ({ position }) => position,
}

test.each(ORDERS)('pages in the order %s have every task once', async (order) => {
  const isDescending = order === 'created' || order === 'completed'
  const compare = (a: Task, b: Task) => {
    const [one, other] = [KEYS[order](a) + a.id, KEYS[order](b) + b.id]
    return one < other === isDescending ? 1 : -1
  }
  const expected = all.filter((task) => order !== 'completed' || !isOpen(task)).sort(compare)
  expect((await read({}, { order })).map(({ id }) => id)).toEqual(expected.map(({ id }) => id))
})

test('every open task is in exactly one of today, upcoming and those without a day', async () => {
  const [today, upcoming] = [await read({ view: 'today' }), await read({ view: 'upcoming' })]
  const undated = all.filter((task) => isOpen(task) && !task.dueOn && !task.startOn)
  const ids = [...today, ...upcoming, ...undated].map(({ id }) => id)
  expect(ids.toSorted()).toEqual(
    all
      .filter(isOpen)
      .map(({ id }) => id)
      .toSorted(),
  )
})

test.each(VIEWS)('the view %s shows no task of another user', async (view) => {
  expect((await read({ view })).every(({ userId }) => userId === ada.userId)).toBe(true)
})

test('an unknown list and another user’s are not found, and the attempt is recorded', async () => {
  const eve = await createActor()
  const query = (id: string) => queryTasks(eve, { filter: { listId: id }, order: 'due', today: TODAY })
  const missing = { ok: false, error: { code: 'LIST_NOT_FOUND' } }
  expect([await query(listId), await query(randomUUID())]).toEqual([missing, missing])
  expect(await allEvents()).toMatchObject([{ userId: eve.userId, failureReason: 'foreign_list' }])
})

test('a cursor is read as it was written, and nothing else is', () => {
  const cursor = { order: 'due', key: '2026-11-2909:30:00', id: randomUUID() } as const
  expect(parseCursor(formatCursor(cursor))).toEqual(cursor)
  const forge = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString('base64url')
  for (const text of [
    ...['', 'x', 'null', forge(), forge('due', 'x; DROP', cursor.id), forge('due', cursor.key, 'x')],
    ...[
      forge('title', '', cursor.id),
      forge('completed', '1e9', cursor.id),
      forge('created', '', cursor.id, 1),
    ],
    ...[forge('due', '2026-02-30~', cursor.id), forge('due', '~24:00:00', cursor.id)],
    ...[forge('due', '~::::::::', cursor.id), forge('priority', '12026-13-01~', cursor.id)],
    forge('__proto__', '', cursor.id),
  ]) {
    expect(parseCursor(text)).toBeNull()
  }
})
