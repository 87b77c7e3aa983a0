import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, createActor, makeTask } from '#lib/testing/factories.ts'
import { createTask } from '../create-task.ts'
import { deleteTask } from '../delete-task.ts'
import { QUOTAS } from '../errors.ts'
import { getTask } from '../get-task.ts'
import { listChanges } from '../journal/list-changes.ts'
import { undoBatch } from '../journal/undo-batch.ts'
import { restoreTask } from '../restore-task.ts'
import { updateTask } from '../update-task.ts'
import { createList } from './create-list.ts'
import { deleteList } from './delete-list.ts'
import { getLists } from './get-lists.ts'
import { updateList } from './update-list.ts'

const NOW = new Date('2026-11-29T12:00:00.000Z')
const now = { now: NOW }
const NOT_FOUND = { ok: false, error: { code: 'LIST_NOT_FOUND' } }
let ada: Actor

beforeEach(async () => {
  await emptyTables()
  ada = await createActor()
})

async function makeList(name: string, actor = ada): Promise<string> {
  const list = await createList(actor, { name }, now)
  if (!list.ok) throw new Error(list.error.code)
  return list.value.id
}

const names = async () => (await getLists(ada)).map(({ name }) => name)
const listOf = async (taskId: string) => {
  const task = await getTask(ada, taskId)
  return task.ok ? task.value.listId : task.error.code
}

async function undoLast() {
  const { changes } = await listChanges(ada, { limit: 200 })
  const undone = await undoBatch(ada, changes.at(-1)!.batchId, now)
  return undone.ok ? undone.value : undone.error
}

test('lists keep the order that they are moved to, and are renamed and archived', async () => {
  const [home, work, trip] = [await makeList('Home'), await makeList('Work'), await makeList('Trip')]
  expect(await names()).toEqual(['Home', 'Work', 'Trip'])
  await updateList(ada, trip, { changes: { afterId: home }, ...now })
  expect(await names()).toEqual(['Home', 'Trip', 'Work'])
  await updateList(ada, work, { changes: { afterId: null, name: 'Office', isArchived: true }, ...now })
  expect(await names()).toEqual(['Office', 'Home', 'Trip'])
  expect(await getLists(ada)).toMatchObject([
    { archivedAt: NOW, version: 2 },
    { archivedAt: null },
    { version: 2 },
  ])
  await updateList(ada, work, { changes: { isArchived: false }, ...now })
  await undoLast()
  expect((await getLists(ada))[0]).toMatchObject({ name: 'Office', archivedAt: NOW })
})

test('a hundred moves to the same place leave the order right', async () => {
  const ids: string[] = []
  for (const name of ['a', 'b', 'c']) ids.push(await makeList(name))
  const [a = '', b = '', c = ''] = ids
  for (let move = 0; move < 500; move++) {
    await updateList(ada, move % 2 ? b : c, { changes: { afterId: a }, ...now })
  }
  expect(await names()).toEqual(['a', 'b', 'c'])
  const longest = Math.max(...(await getLists(ada)).map(({ position }) => position.length))
  expect(longest).toBeLessThanOrEqual(60)
})

test('a move that makes all positions short records each list that it changes, and one undo takes it back', async () => {
  for (const name of ['a', 'b', 'c', 'd']) await makeList(name)
  for (let move = 0; move < 500; move++) {
    const [first, second, third] = await getLists(ada)
    const before = await getLists(ada)
    const moved = await updateList(ada, third!.id, { changes: { afterId: first!.id }, ...now })
    const { changes } = await listChanges(ada, { limit: 200, since: 4 + move })
    expect(moved.ok && changes.every(({ batchId }) => batchId === moved.batchId)).toBe(true)
    if (changes.length === 1) continue
    expect(changes).toHaveLength(4)
    expect((await names()).at(2)).toBe(second!.name)
    await undoBatch(ada, changes[0]!.batchId, now)
    const positions = (lists: typeof before) => lists.map(({ id, position }) => [id, position])
    expect(positions(await getLists(ada))).toEqual(positions(before))
    return
  }
  expect.unreachable('no move made positions short')
})

test('counts the open tasks of each list', async () => {
  const [home, work] = [await makeList('Home'), await makeList('Work')]
  const [done, deleted] = [
    await makeTask(ada, { title: 'x', listId: home }),
    await makeTask(ada, { title: 'x', listId: home }),
  ]
  await makeTask(ada, { title: 'x', listId: home })
  await makeTask(ada, { title: 'x' })
  await updateTask(ada, done.id, { changes: { isCompleted: true }, ...now })
  await deleteTask(ada, deleted.id, now)
  expect(await getLists(ada)).toMatchObject([
    { id: home, openCount: 1 },
    { id: work, openCount: 0 },
  ])
  const renamed = await updateList(ada, home, { changes: { name: 'House' }, ...now })
  expect(renamed).toMatchObject({ value: { name: 'House', openCount: 1 } })
})

describe('a deleted list', () => {
  test('moves its tasks to the Inbox; one undo brings back both, and a redo moves them again', async () => {
    const home = await makeList('Home')
    const tasks = [
      await makeTask(ada, { title: 'one', listId: home }),
      await makeTask(ada, { title: 'two', listId: home }),
    ]
    const lists = () => Promise.all(tasks.map(({ id }) => listOf(id)))
    expect(await deleteList(ada, home, now)).toMatchObject({ ok: true, value: null })
    expect([await names(), await lists()]).toEqual([[], [null, null]])
    for (const [expectedNames, list] of [
      [['Home'], home],
      [[], null],
      [['Home'], home],
    ]) {
      expect(await undoLast()).toMatchObject({ undone: { length: 3 }, skipped: [] })
      expect([await names(), await lists()]).toEqual([expectedNames, [list, list]])
    }
    const { changes, hasGap } = await listChanges(ada, {})
    expect(changes.map(({ seq }) => seq)).toEqual(changes.map((_, index) => index + 1))
    expect(hasGap).toBe(false)
  })

  test('comes back without the tasks that were moved or deleted since', async () => {
    const [home, work] = [await makeList('Home'), await makeList('Work')]
    const [moved, deleted] = [
      await makeTask(ada, { title: 'one', listId: home }),
      await makeTask(ada, { title: 'two', listId: home }),
    ]
    await deleteList(ada, home, now)
    const { changes } = await listChanges(ada, {})
    await updateTask(ada, moved.id, { changes: { listId: work }, ...now })
    await deleteTask(ada, deleted.id, now)
    const undone = await undoBatch(ada, changes.at(-1)!.batchId, now)
    expect(undone).toMatchObject({
      value: {
        undone: [{ listId: home }],
        skipped: [
          { reason: 'changed_since', fields: ['listId'] },
          { reason: 'changed_since', fields: ['listId'] },
        ],
      },
    })
    expect(await listOf(moved.id)).toBe(work)
  })

  test('takes no tasks, and a task that is restored goes to the Inbox', async () => {
    const home = await makeList('Home')
    const task = await makeTask(ada, { title: 'one', listId: home })
    await deleteTask(ada, task.id, now)
    await deleteList(ada, home, now)
    expect(await createTask(ada, { title: 'x', listId: home }, now)).toEqual(NOT_FOUND)
    expect(await restoreTask(ada, task.id, now)).toMatchObject({ ok: true, value: null })
    expect(await listOf(task.id)).toBeNull()
    expect(await updateTask(ada, task.id, { changes: { listId: home }, ...now })).toEqual(NOT_FOUND)
    expect(await allEvents()).toEqual([])
  })
})

test('undoing a move to a list, or the creation of one, leaves out what no longer fits', async () => {
  const home = await makeList('Home')
  const creation = (await listChanges(ada, {})).changes.at(-1)!.batchId
  const { id } = await makeTask(ada, { title: 'one', listId: home })
  expect(await undoBatch(ada, creation, now)).toMatchObject({
    value: { undone: [], skipped: [{ reason: 'list_in_use' }] },
  })
  await updateTask(ada, id, { changes: { listId: null, title: 'two' }, ...now })
  const move = (await listChanges(ada, {})).changes.at(-1)!.batchId
  await deleteList(ada, home, now)
  expect(await undoBatch(ada, move, now)).toMatchObject({
    value: {
      undone: [{ taskId: id }],
      skipped: [{ taskId: id, reason: 'list_deleted', fields: ['listId'] }],
    },
  })
  expect(await getTask(ada, id)).toMatchObject({ value: { title: 'one', listId: null } })
})

describe('a list of another user', () => {
  const verbs: [string, (actor: Actor, listId: string) => Promise<unknown>][] = [
    ['updateList', (actor, id) => updateList(actor, id, { changes: { name: 'Stolen' }, ...now })],
    ['deleteList', (actor, id) => deleteList(actor, id, now)],
    ['createTask', (actor, listId) => createTask(actor, { title: 'x', listId }, now)],
    [
      'updateTask',
      async (actor, listId) =>
        updateTask(actor, (await makeTask(actor, { title: 'x' })).id, { changes: { listId }, ...now }),
    ],
    [
      'updateList after it',
      async (actor, afterId) =>
        updateList(actor, await makeList('x', actor), { changes: { afterId }, ...now }),
    ],
  ]

  test.each(verbs)(
    '%s: is not found like an unknown one, stays as it is, and the attempt is recorded',
    async (_, verb) => {
      const eve = await createActor()
      const home = await makeList('Home')
      const before = await db().taskList.findUnique({ where: { id: home } })
      expect(await verb(eve, home)).toEqual(NOT_FOUND)
      expect(await db().taskList.findUnique({ where: { id: home } })).toEqual(before)
      expect(await db().task.count({ where: { listId: home } })).toBe(0)
      expect(await allEvents()).toMatchObject([
        { userId: eve.userId, failureReason: 'foreign_list', details: { list_id: home } },
      ])
      for (const id of [randomUUID(), 'x', '']) expect(await verb(eve, id)).toEqual(NOT_FOUND)
      expect(await allEvents()).toHaveLength(1)
      expect(await getLists(eve)).toHaveLength(_ === 'updateList after it' ? 4 : 0)
    },
  )
})

test('an account has at most 200 lists, and may delete and make others', async () => {
  const list = { userId: ada.userId, name: 'x', position: 'V', createdAt: NOW, updatedAt: NOW, version: 1 }
  const data = Array.from({ length: QUOTAS.lists }, () => ({ ...list, id: randomUUID() }))
  await db().taskList.createMany({ data })
  const refused = { ok: false, error: { code: 'QUOTA_EXCEEDED', quota: 'lists' } }
  expect(await createList(ada, { name: 'one too many' }, now)).toEqual(refused)
  await deleteList(ada, data[0]!.id, now)
  expect(await createList(ada, { name: 'fits' }, now)).toMatchObject({ ok: true })
  const { changes } = await listChanges(ada, {})
  expect(await undoBatch(ada, changes[0]!.batchId, now)).toEqual(refused)
})
