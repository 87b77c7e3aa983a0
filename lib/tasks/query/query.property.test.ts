import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeTask } from '#lib/testing/factories.ts'
import { newId } from '#lib/uuid.ts'
import { addDays } from '../day.ts'
import { dayIn } from '../day-in.ts'
import { deleteTask } from '../delete-task.ts'
import { streamAllTasks } from '../stream-all-tasks.ts'
import type { Task } from '../task.ts'
import { updateTask } from '../update-task.ts'
import { type Cursor, parseCursor } from './cursor.ts'
import { ORDERS, type Order } from './orders.ts'
import { queryTasks } from './query-tasks.ts'
import { type TaskFilter, VIEWS } from './task-filter.ts'

const FIRST = '2026-11-26'
const NOW = new Date('2026-11-29T12:00:00Z')

const day = fc.nat(6).map((days) => addDays(FIRST, days))
const maybe = <T>(item: fc.Arbitrary<T>) => fc.option(item, { nil: undefined })
const title = fc.constantFrom('Water the ferns', 'WATER', '100 %', 'Ärger', 'x')
const label = fc.constantFrom('home', 'work')

const row = fc.record({
  title,
  dueOn: fc.option(day),
  hasTime: fc.boolean(),
  dueZone: fc.constantFrom(null, 'Australia/Lord_Howe', 'America/New_York'),
  startOn: fc.option(day, { freq: 1 }),
  priority: fc.nat(3),
  labels: fc.uniqueArray(label),
  completedAt: fc.option(fc.nat(5).map((n) => new Date(NOW.getTime() - n))),
  position: fc.constantFrom('a', 'b', 'bV', 'z'),
})
const rows = fc.array(row, { minLength: 1, maxLength: 24 })

const filter: fc.Arbitrary<TaskFilter> = fc.record({
  view: maybe(fc.constantFrom(...VIEWS)),
  label: maybe(label),
  priority: maybe(fc.nat(3)),
  isCompleted: maybe(fc.boolean()),
  dueBefore: maybe(day),
  dueAfter: maybe(day),
  q: maybe(fc.constantFrom('water', 'W', '%', 'ärger', 'the ferns', ' ferns  water', 'water x')),
})
/** Most filters of many parts let nothing through. */
const fewParts = fc
  .tuple(filter, fc.constantFrom(...(['view', 'label', 'priority', 'q', 'dueBefore'] as const)))
  .map(([all, part]): TaskFilter => ({ [part]: all[part] }))

type Row = typeof row extends fc.Arbitrary<infer R> ? R : never

async function fill(made: Row[]): Promise<Actor> {
  await emptyTables()
  const actor = await createActor()
  await db().task.createMany({
    data: made.map(({ hasTime, dueOn, dueZone, startOn, ...task }) => ({
      ...task,
      id: newId(NOW),
      userId: actor.userId,
      dueOn: dueOn && new Date(dueOn),
      dueTime: dueOn && hasTime ? new Date('1970-01-01T02:30:00Z') : null,
      dueZone: dueOn && hasTime ? dueZone : null,
      startOn: startOn && new Date(startOn),
    })),
  })
  return actor
}

async function readAll(actor: Actor): Promise<Task[]> {
  const all: Task[] = []
  for await (const page of streamAllTasks(actor)) all.push(...page)
  return all
}

type Reading = { filter: TaskFilter; order: Order; limit: number; today: string }

/** @param between runs after each page */
async function readPages(actor: Actor, { limit, ...query }: Reading, between = async () => {}) {
  const tasks: Task[] = []
  let cursor: Cursor | undefined
  do {
    const page = await queryTasks(actor, { ...query, cursor, limit })
    if (!page.ok) throw new Error(page.error.code)
    tasks.push(...page.value.tasks)
    cursor = page.value.nextCursor ? (parseCursor(page.value.nextCursor) ?? undefined) : undefined
    if (cursor) await between()
  } while (cursor)
  return tasks
}

const LAST = '~'
const isOpen = ({ completedAt }: Task) => completedAt === null

/** The same filter, in memory. */
function isIn(task: Task, { filter, order, today }: Reading): boolean {
  const { dueOn, startOn, completedAt, labels, priority } = task
  const { view, q, dueBefore, dueAfter } = filter
  const hasBegun = (dueOn ?? LAST) <= today || (startOn ?? LAST) <= today
  const inView = {
    today: isOpen(task) && hasBegun,
    upcoming: isOpen(task) && !hasBegun && (dueOn ?? startOn) !== null,
    inbox: isOpen(task),
    done: !isOpen(task),
    all: true,
  }
  return (
    inView[view ?? 'all'] &&
    (order !== 'completed' || completedAt !== null) &&
    (filter.label === undefined || labels.includes(filter.label)) &&
    (filter.priority === undefined || priority === filter.priority) &&
    (filter.isCompleted === undefined || isOpen(task) !== filter.isCompleted) &&
    (dueBefore === undefined || (dueOn ?? LAST) < dueBefore) &&
    (dueAfter === undefined || (dueOn ?? '') > dueAfter) &&
    (q === undefined || hasWords(task.title, q))
  )
}

function hasWords(title: string, q: string): boolean {
  const words = q.toLowerCase().trim().split(/\s+/)
  return words.every((word) => title.toLowerCase().includes(word))
}

const KEYS: Record<Order, (task: Task) => string> = {
  created: () => '',
  completed: ({ completedAt }) => String(completedAt?.getTime()),
  due: ({ dueOn, dueTime }) => (dueOn ?? LAST) + (dueTime ?? LAST),
  priority: (task) => (task.priority || 9) + KEYS.due(task),
  position: ({ position }) => position,
}

function idsInOrder(tasks: Task[], reading: Reading): string[] {
  const way = reading.order === 'created' || reading.order === 'completed' ? -1 : 1
  const keyOf = (task: Task) => `${KEYS[reading.order](task)} ${task.id}`
  const sorted = tasks
    .filter((task) => isIn(task, reading))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -way : way))
  return sorted.map(({ id }) => id)
}

const reading: fc.Arbitrary<Reading> = fc.record({
  filter: fc.oneof(fewParts, filter),
  order: fc.constantFrom(...ORDERS),
  limit: fc.integer({ min: 1, max: 9 }),
  today: day,
})

test('the pages of any filter and order have what the same filter in memory lets through', async () => {
  await fc.assert(
    fc.asyncProperty(rows, fc.array(reading, { minLength: 4, maxLength: 4 }), async (made, readings) => {
      const actor = await fill(made)
      const all = await readAll(actor)
      for (const one of readings)
        expect((await readPages(actor, one)).map(({ id }) => id)).toEqual(idsInOrder(all, one))
    }),
    { numRuns: 40 },
  )
})

const write = fc.record({
  which: fc.nat(),
  do: fc.constantFrom('create', 'complete', 'delete', 'postpone', 'rank'),
  dueOn: day,
})

test('writes between two pages repeat and miss no other task', async () => {
  await fc.assert(
    fc.asyncProperty(rows, reading, fc.array(write, { maxLength: 6 }), async (made, one, writes) => {
      const actor = await fill(made)
      const all = await readAll(actor)
      const touched = new Set<string>()
      const found = await readPages(actor, { ...one, limit: Math.min(one.limit, 4) }, async () => {
        const next = writes.pop()
        const id = all[(next?.which ?? 0) % all.length]?.id
        if (!next || !id) return
        if (next.do === 'create') touched.add((await makeTask(actor, { title: 'x', dueOn: next.dueOn })).id)
        else touched.add(id)
        const update = (changes: Parameters<typeof updateTask>[2]['changes']) =>
          updateTask(actor, id, { changes, now: NOW })
        if (next.do === 'complete') await update({ isCompleted: true })
        if (next.do === 'postpone') await update({ dueOn: next.dueOn })
        if (next.do === 'rank') await update({ priority: next.which % 4, afterId: null })
        if (next.do === 'delete') await deleteTask(actor, id, { now: NOW })
      })
      const others = (ids: string[]) => ids.filter((id) => !touched.has(id))
      expect(others(found.map(({ id }) => id))).toEqual(others(idsInOrder(all, one)))
    }),
    { numRuns: 40 },
  )
})

test('at any moment in any zone, an open task is in one of overdue, today, upcoming and undated', async () => {
  const zone = fc.constantFrom(
    'Pacific/Kiritimati',
    'Pacific/Pago_Pago',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
  )
  await fc.assert(
    fc.asyncProperty(rows, zone, fc.nat(7 * 24 * 60), async (made, timeZone, minutes) => {
      const actor = await fill(made)
      const today = dayIn(timeZone, new Date(Date.parse(FIRST) + minutes * 60_000))
      const read = (view: 'today' | 'upcoming') =>
        readPages(actor, { filter: { view }, order: 'due', limit: 50, today })
      const begun = await read('today')
      const groups = [
        begun.filter(({ dueOn }) => dueOn !== null && dueOn < today),
        begun.filter(({ dueOn }) => dueOn === null || dueOn >= today),
        await read('upcoming'),
        (await readAll(actor)).filter((task) => isOpen(task) && !task.dueOn && !task.startOn),
      ]
      const open = (await readAll(actor)).filter(isOpen).map(({ id }) => id)
      expect(
        groups
          .flat()
          .map(({ id }) => id)
          .toSorted(),
      ).toEqual(open.toSorted())
    }),
    { numRuns: 25 },
  )
})
