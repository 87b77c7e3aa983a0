import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeTask } from '#lib/testing/factories.ts'
import { deleteTask } from '../delete-task.ts'
import { listChanges } from '../journal/list-changes.ts'
import { undoBatch } from '../journal/undo-batch.ts'
import { createList } from '../lists/create-list.ts'
import { deleteList } from '../lists/delete-list.ts'
import { queryTasks } from '../query/query-tasks.ts'
import type { TaskFilter } from '../query/task-filter.ts'
import { restoreTask } from '../restore-task.ts'
import { runBatch } from '../run-batch.ts'
import type { TaskChanges } from '../schema.ts'
import { updateTask } from '../update-task.ts'
import type { Shift } from './shift-task.ts'

const now = new Date('2026-11-29T12:00:00.000Z')
const LONGEST = 60
let ada: Actor
let ids: Record<string, string>

beforeEach(async () => {
  await emptyTables()
  ada = await createActor()
  ids = {}
})

async function make(...titles: string[]): Promise<void> {
  for (const title of titles) ids[title] = (await makeTask(ada, { title })).id
}

const change = (title: string, changes: TaskChanges) => updateTask(ada, ids[title] ?? '', { changes, now })
const move = (title: string, after: string | null) =>
  change(title, { afterId: after === null ? null : (ids[after] ?? '') })

async function order(filter: TaskFilter = { view: 'inbox' }): Promise<string> {
  const page = await queryTasks(ada, { filter, order: 'position', today: '2026-11-29', limit: 200 })
  if (!page.ok) throw new Error(page.error.code)
  return page.value.tasks.map(({ title }) => title).join('')
}

test('a new task is the first one, and a move puts a task after another or in the first place', async () => {
  await make('a', 'b', 'c', 'd')
  expect(await order()).toBe('dcba')
  await move('d', 'b')
  expect(await order()).toBe('cbda')
  await move('c', 'a')
  expect(await order()).toBe('bdac')
  await move('a', null)
  expect(await order()).toBe('abdc')
  await make('e')
  expect(await order()).toBe('eabdc')
})

test('a shift moves tasks by one place or to the top, in one batch, and stops at the ends', async () => {
  await make('a', 'b', 'c', 'd')
  const shift = async (direction: Shift, ...titles: string[]) => {
    const among = titles.map((title) => ids[title] ?? '')
    const operations = among.map((id) => ({ op: 'shift', id, shift: direction, among }) as const)
    expect(await runBatch(ada, operations, { now })).toMatchObject({ ok: true })
    return order()
  }
  expect(await shift('up', 'b')).toBe('dbca')
  expect(await shift('up', 'd')).toBe('dbca')
  expect(await shift('down', 'a')).toBe('dbca')
  expect(await shift('down', 'd')).toBe('bdca')
  expect(await shift('up', 'c', 'a')).toBe('bcad')
  expect(await shift('up', 'b', 'c')).toBe('bcad')
  expect(await shift('top', 'd', 'a')).toBe('adbc')
  await change('b', { isCompleted: true })
  expect(await shift('top', 'b')).toBe('adc')
})

test('a move to where the task is changes nothing', async () => {
  await make('a', 'b', 'c')
  for (const [title, after] of [
    ['c', null],
    ['b', 'c'],
    ['a', 'b'],
    ['b', 'b'],
  ] as const) {
    expect(await move(title, after)).toMatchObject({ value: { version: 1 }, batchId: null })
  }
})

test('a move is undone, unless the task has been moved since', async () => {
  await make('a', 'b', 'c')
  const first = await move('a', null)
  expect(await order()).toBe('acb')
  const second = await move('a', 'c')
  expect(await undoBatch(ada, (first.ok && first.batchId) || '', { now })).toMatchObject({
    value: { undone: [], skipped: [{ reason: 'changed_since', fields: ['position'] }] },
  })
  await undoBatch(ada, (second.ok && second.batchId) || '', { now })
  expect(await order()).toBe('acb')
})

test('a creation is undone although the task has been moved since', async () => {
  await make('a', 'b')
  const [creation] = (await listChanges(ada, {})).changes
  await move('a', null)
  await undoBatch(ada, creation?.batchId ?? '', { now })
  expect(await order()).toBe('b')
})

describe('another list', () => {
  let home: string

  beforeEach(async () => {
    const list = await createList(ada, { name: 'Home' }, { now })
    if (!list.ok) throw new Error(list.error.code)
    home = list.value.id
    await make('a', 'b', 'c', 'd')
  })

  test('has a task that comes to it in its first place, or where the request puts it', async () => {
    await change('b', { listId: home })
    await change('a', { listId: home })
    await change('d', { listId: home, afterId: ids.a })
    expect([await order({ listId: home }), await order()]).toEqual(['adb', 'c'])
    await change('d', { listId: null, afterId: ids.c })
    await change('b', { listId: null })
    expect([await order({ listId: home }), await order()]).toEqual(['a', 'bcd'])
  })

  test('has no place for a task of this one', async () => {
    await change('b', { listId: home })
    const refused = { ok: false, error: { code: 'INVALID_PLACE', details: [{ field: 'after_id' }] } }
    expect(await move('a', 'b')).toMatchObject(refused)
    expect(await change('a', { listId: home, afterId: ids.c })).toMatchObject(refused)
    expect(await order()).toBe('dca')
  })

  test('that is deleted leaves its tasks in their order, and gets them back in it', async () => {
    for (const title of ['b', 'c', 'd']) await change(title, { listId: home })
    await move('d', 'b')
    expect(await order({ listId: home })).toBe('cbd')
    const deleted = await deleteList(ada, home, { now })
    expect(await order()).toBe('cbad')
    await undoBatch(ada, (deleted.ok && deleted.batchId) || '', { now })
    expect([await order({ listId: home }), await order()]).toEqual(['cbd', 'a'])
  })
})

test('completed and deleted tasks keep their place for their return', async () => {
  await make('a', 'b', 'c')
  await change('b', { isCompleted: true })
  await deleteTask(ada, ids.a ?? '', { now })
  await make('d')
  expect(await order({ isCompleted: false })).toBe('dc')
  await change('b', { isCompleted: false })
  await restoreTask(ada, ids.a ?? '', { now })
  expect(await order()).toBe('dcba')
})

test('between tasks with the same position a task finds its place', async () => {
  await make('a', 'b', 'c', 'd')
  await db().task.updateMany({ where: { title: { not: 'a' } }, data: { position: 'V' } })
  expect(await order()).toBe('bcda')
  await move('a', 'b')
  expect(await order()).toBe('bacd')
  await move('d', 'b')
  expect(await order()).toBe('bdac')
})

test('where positions get too long, the tasks around get short ones, and the journal has them', async () => {
  const titles = Array.from({ length: 50 }, (_, n) => String.fromCodePoint(0x4e00 + n))
  await make(...titles, 'a', 'b')
  for (const [title, end] of [
    ['a', '1'],
    ['b', '0V'],
  ] as const) {
    const position = `f${'f'.repeat(LONGEST - 2)}${end}`
    await db().task.update({ where: { id: ids[title] ?? '' }, data: { position } })
  }
  const [last = ''] = titles
  const crowded = await order()
  expect(crowded).toContain('ba')
  const { nextSince } = await listChanges(ada, { limit: 200 })
  expect(await move(last, 'b')).toMatchObject({ ok: true })
  expect(await order()).toBe(crowded.replace(last, '').replace('b', `b${last}`))
  const rows = await db().task.findMany({ select: { id: true, position: true } })
  expect(Math.max(...rows.map(({ position }) => position.length))).toBeLessThanOrEqual(LONGEST)
  const { changes } = await listChanges(ada, { since: nextSince, limit: 200 })
  expect(changes.length).toBeGreaterThan(2)
  expect(changes.length).toBeLessThan(40)
  for (const { taskId, after } of changes) {
    expect(rows.find(({ id }) => id === taskId)?.position).toBe(after?.position)
  }
})

type Move = { task: number; after: number | null }
const aMove: fc.Arbitrary<Move> = fc.record({ task: fc.nat(5), after: fc.option(fc.nat(5)) })

test('moves by two clients lead to the order that the journal has, with short positions', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(aMove, aMove), { maxLength: 12 }), async (pairs) => {
      await emptyTables()
      ada = await createActor()
      await make('a', 'b', 'c', 'd', 'e', 'f')
      const titles = 'abcdef'.split('')
      const one = ({ task, after }: Move) =>
        move(titles[task] ?? '', after === null ? null : (titles[after] ?? ''))
      for (const pair of pairs) await Promise.all(pair.map(one))
      const positions = new Map<string, string>()
      const { changes } = await listChanges(ada, { limit: 200 })
      for (const { taskId, after } of changes) positions.set(taskId ?? '', String(after?.position))
      const kept = [...positions].sort(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : x < y ? -1 : 1))
      const titleOf = (id: string) => titles.find((title) => ids[title] === id)
      expect(kept.map(([id]) => titleOf(id)).join('')).toBe(await order())
      expect([...positions.values()].every(({ length }) => length <= LONGEST)).toBe(true)
    }),
    { numRuns: 15 },
  )
})

test('one move after another does what the same moves of a list in memory do', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aMove, { maxLength: 20 }), async (moves) => {
      await emptyTables()
      ada = await createActor()
      await make('a', 'b', 'c', 'd', 'e', 'f')
      let expected = 'fedcba'
      for (const { task, after } of moves) {
        const [title, other] = ['abcdef'.charAt(task), after === null ? null : 'abcdef'.charAt(after)]
        await move(title, other)
        if (title === other) continue
        const rest = expected.replace(title, '')
        expected = other === null ? title + rest : rest.replace(other, other + title)
      }
      expect(await order()).toBe(expected)
    }),
    { numRuns: 15 },
  )
})
