import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeTask } from '#lib/testing/factories.ts'
import { createList } from '../lists/create-list.ts'
import { deleteList } from '../lists/delete-list.ts'
import { updateTask } from '../update-task.ts'
import { getBatch, listBatches, SHOWN_CHANGES } from './list-batches.ts'
import { listTaskChanges } from './list-task-changes.ts'
import { namesOf } from './names-of.ts'
import { undoBatch } from './undo-batch.ts'

const NOW = new Date('2026-11-29T12:00:00.000Z')
let ada: Actor

beforeEach(async () => {
  await emptyTables()
  ada = await createActor()
})

const batchIds = async () => (await listBatches(ada, { now: NOW })).batches.map(({ batchId }) => batchId)

test('batches are listed newest first, a page at a time', async () => {
  for (const title of ['one', 'two', 'three']) await makeTask(ada, { title })
  const first = await listBatches(ada, { now: NOW, limit: 2 })
  expect(first.batches.map(({ changes }) => changes[0].after?.title)).toEqual(['three', 'two'])
  const second = await listBatches(ada, { now: NOW, limit: 2, before: first.next ?? undefined })
  expect(second).toMatchObject({ batches: [{ size: 1, changes: [{ after: { title: 'one' } }] }], next: null })
})

test('a large batch is cut to its first changes, and its size is that of all', async () => {
  const list = await createList(ada, { name: 'Home' }, { now: NOW })
  if (!list.ok) throw new Error(list.error.code)
  for (let n = 0; n <= SHOWN_CHANGES; n++) await makeTask(ada, { title: `${n}`, listId: list.value.id })
  await deleteList(ada, list.value.id, { now: NOW })
  const { batches } = await listBatches(ada, { now: NOW, limit: 2 })
  expect(batches.map(({ size, changes }) => [size, changes.length])).toEqual([
    [SHOWN_CHANGES + 2, SHOWN_CHANGES],
    [1, 1],
  ])
})

test('a batch is undone until its undo is undone', async () => {
  await makeTask(ada, { title: 'Water' })
  const undoLatest = async () => undoBatch(ada, (await batchIds())[0]!, { now: NOW })
  const undone = async () => (await listBatches(ada, { now: NOW })).batches.map(({ isUndone }) => isUndone)
  expect(await undone()).toEqual([false])
  await undoLatest()
  expect(await undone()).toEqual([false, true])
  await undoLatest()
  expect(await undone()).toEqual([false, true, false])
  await undoLatest()
  expect(await undone()).toEqual([false, true, false, true])
  const isUndo = (await listBatches(ada, { now: NOW })).batches.map((batch) => batch.isUndo)
  expect(isUndo).toEqual([true, false, true, false])
})

test('batches, changes and names of another account are not read', async () => {
  const { id } = await makeTask(ada, { title: 'Secret' })
  const [batchId] = await batchIds()
  const { changes } = (await getBatch(ada, batchId!, { now: NOW }))!
  expect([...(await namesOf(ada, changes))]).toEqual([[id, 'Secret']])
  expect(await listTaskChanges(ada, id)).toHaveLength(1)
  const bob = await createActor()
  expect(await listBatches(bob, { now: NOW })).toEqual({ batches: [], next: null })
  expect(await getBatch(bob, batchId!, { now: NOW })).toBeNull()
  expect(await listTaskChanges(bob, id)).toEqual([])
  expect((await namesOf(bob, changes)).size).toBe(0)
})

test('an unknown or malformed id is nothing', async () => {
  for (const id of [randomUUID(), 'x', '']) {
    expect(await getBatch(ada, id, { now: NOW })).toBeNull()
    expect(await listTaskChanges(ada, id)).toEqual([])
  }
})

test('the changes of one task are listed newest first', async () => {
  const { id } = await makeTask(ada, { title: 'Water' })
  await makeTask(ada, { title: 'Other' })
  await updateTask(ada, id, { changes: { priority: 1 }, now: NOW })
  expect(await listTaskChanges(ada, id)).toMatchObject([
    { kind: 'changed', after: { priority: 1 } },
    { kind: 'created' },
  ])
})
