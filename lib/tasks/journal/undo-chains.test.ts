import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeTask } from '#lib/testing/factories.ts'
import { statementsOf } from '#lib/testing/statements-of.ts'
import { deleteTask } from '../delete-task.ts'
import { importTasks } from '../import/import-tasks.ts'
import { readImport } from '../import/read-import.ts'
import { createList } from '../lists/create-list.ts'
import { deleteList } from '../lists/delete-list.ts'
import { updateList } from '../lists/update-list.ts'
import { runBatch } from '../run-batch.ts'
import { undoBatch } from './undo-batch.ts'

const now = new Date()
let ada: Actor

beforeEach(async () => {
  await emptyTables()
  ada = await createActor()
})

async function undo(batchId: string | null) {
  const undone = await undoBatch(ada, batchId ?? '', { now: new Date() })
  if (!undone.ok) throw new Error(undone.error.code)
  return undone
}

async function importFile(text: string): Promise<string | null> {
  const file = await readImport(Buffer.from(text), { now, today: '2026-11-30', timeZone: 'UTC' })
  if (!file.ok) throw new Error(file.error.code)
  const written = await importTasks(ada, file.value, { now })
  return written.ok ? written.batchId : null
}

async function makeList(name: string): Promise<string> {
  const list = await createList(ada, { name }, { now })
  if (!list.ok) throw new Error(list.error.code)
  return list.value.id
}

/** All that a user sees of the account. */
async function state() {
  const shown = { deletedAt: null }
  const lists = await db().taskList.findMany({ where: shown, omit: { version: true, updatedAt: true } })
  const tasks = await db().task.findMany({ where: shown, omit: { version: true, updatedAt: true } })
  const counter = await db().taskCounter.findFirst()
  const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)
  return { lists: lists.sort(byId), tasks: tasks.sort(byId), open: counter?.openTasks }
}

test('an import that is undone and redone twice is what it was', async () => {
  const before = await state()
  const lists = [{ name: 'Old', archived_at: '2026-01-01T00:00:00Z' }, { name: 'Empty' }]
  const repeat = { rule: 'FREQ=DAILY' }
  const tasks = [
    { title: 'A', list: 'Old', repeat, series_id: '1' },
    { title: 'A', list: 'Old', repeat, series_id: '1', is_completed: true },
    { title: 'B', list: 'New', labels: ['x'] },
    { title: 'C' },
  ]
  let batch = await importFile(JSON.stringify({ lists, tasks }))
  const after = await state()
  expect([after.lists.length, after.tasks.length, after.open]).toEqual([3, 4, 3])
  for (const expected of [{ ...before, open: 0 }, after, { ...before, open: 0 }, after]) {
    const undone = await undo(batch)
    expect(undone.value.skipped).toEqual([])
    expect(await state()).toEqual(expected)
    batch = undone.batchId
  }
})

test('undo and redo of many tasks of a list take as many statements as of two', async () => {
  await makeList('Home')
  const count = async (size: number) => {
    let batch = await importFile(`title,list\n${'A,Home\n'.repeat(size)}`)
    const counts = []
    for (let step = 0; step < 2; step++) {
      const statements = await statementsOf(async () => {
        batch = (await undo(batch)).batchId
      })
      counts.push(statements.length)
    }
    return counts
  }
  expect(await count(40)).toEqual(await count(2))
})

test('a deletion of several is undone where their list was archived, and into the Inbox where it was deleted', async () => {
  const listId = await makeList('Home')
  const tasks = [await makeTask(ada, { title: 'A', listId }), await makeTask(ada, { title: 'B', listId })]
  const remove = async () => {
    const batch = await runBatch(
      ada,
      tasks.map(({ id }) => ({ op: 'delete', id })),
      { now },
    )
    return batch.ok ? batch.batchId : null
  }
  const first = await remove()
  await updateList(ada, listId, { changes: { isArchived: true }, now })
  expect((await undo(first)).value).toMatchObject({ undone: { length: 2 }, skipped: [] })
  expect((await state()).tasks).toMatchObject([{ listId }, { listId }])
  const second = await remove()
  await deleteList(ada, listId, { now })
  const { value } = await undo(second)
  expect(value.undone).toHaveLength(2)
  expect(value.skipped).toMatchObject([{ reason: 'list_deleted' }, { reason: 'list_deleted' }])
  expect(await state()).toMatchObject({ tasks: [{ listId: null }, { listId: null }], open: 2 })
})

test('of several that were moved, those that were deleted since stay deleted', async () => {
  const listId = await makeList('Home')
  const tasks = [await makeTask(ada, { title: 'A' }), await makeTask(ada, { title: 'B' })]
  const moved = await runBatch(
    ada,
    tasks.map(({ id }) => ({ op: 'update', id, changes: { listId, priority: 1 } })),
    { now },
  )
  await deleteTask(ada, tasks[0]!.id, { now })
  const undone = await undo(moved.ok ? moved.batchId : null)
  expect(undone.value).toMatchObject({
    undone: [{ taskId: tasks[1]!.id }],
    skipped: [{ taskId: tasks[0]!.id, reason: 'changed_since' }],
  })
  const redone = await undo(undone.batchId)
  expect(redone.value).toMatchObject({ undone: [{ taskId: tasks[1]!.id }], skipped: [] })
  expect((await state()).tasks).toMatchObject([{ title: 'B', listId, priority: 1 }])
})

test('a list of 5,001 tasks is deleted, brought back and deleted again in parts, as one batch', async () => {
  const listId = await makeList('Home')
  await db().$executeRaw`
    INSERT INTO tasks (id, user_id, list_id, title, updated_at)
    SELECT gen_random_uuid(), ${ada.userId}::uuid, ${listId}::uuid, 'Task', now() FROM generate_series(1, 5001)`
  const countIn = (list: string | null) => db().task.count({ where: { listId: list } })
  const isMove = (statement: string) => statement.includes('UPDATE tasks SET list_id')
  const deletion = await statementsOf(() => deleteList(ada, listId, { now }))
  expect(deletion.filter(isMove)).toHaveLength(2)
  expect(await countIn(null)).toBe(5_001)
  for (const expected of [listId, null]) {
    const last = await db().change.findFirst({ orderBy: { seq: 'desc' } })
    const undone = await undo(last!.batchId)
    expect([undone.value.undone.length, undone.value.skipped]).toEqual([5_002, []])
    expect(await countIn(expected)).toBe(5_001)
  }
  const seqs = await db().change.findMany({ select: { seq: true }, orderBy: { seq: 'asc' } })
  const last = await db().taskCounter.findFirst()
  expect(seqs.map(({ seq }) => Number(seq))).toEqual(
    seqs.map((_, index) => Number(last!.seq) - seqs.length + 1 + index),
  )
})
