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
import { restoreTask } from '../restore-task.ts'
import type { TaskChanges } from '../schema.ts'
import { updateTask } from '../update-task.ts'
import { listChanges } from './list-changes.ts'
import { undoBatch } from './undo-batch.ts'

const NOW = new Date('2026-11-29T12:00:00.000Z')
const LATER = new Date('2026-11-29T13:00:00.000Z')
let ada: Actor

beforeEach(async () => {
  await emptyTables()
  ada = await createActor()
})

const update = (id: string, changes: TaskChanges, now = NOW) => updateTask(ada, id, { changes, now })
const changesOf = async (actor: Actor) => (await listChanges(actor, {})).changes

const all = (taskId: string) => ({ undone: [{ taskId, listId: null }], skipped: [] })

async function lastBatch(): Promise<string> {
  return (await changesOf(ada)).at(-1)!.batchId
}

async function undo(batchId: string) {
  const undone = await undoBatch(ada, batchId, { now: LATER })
  if (!undone.ok) throw new Error(undone.error.code)
  return undone.value
}

test('each change of a task is recorded once, with the fields that differ', async () => {
  const { id } = await makeTask(ada, { title: 'Water', description: 'All' })
  await update(id, { title: 'Water the ferns', description: 'All', isCompleted: true })
  await update(id, { isCompleted: true })
  await deleteTask(ada, id, { now: NOW })
  await deleteTask(ada, id, { now: NOW })
  await restoreTask(ada, id, { now: NOW })
  await restoreTask(ada, id, { now: NOW })
  const completedAt = NOW.toISOString()
  const first = { title: 'Water', description: 'All', completedAt: null, listId: null }
  const last = { title: 'Water the ferns', description: 'All', completedAt, listId: null }
  const changes = await changesOf(ada)
  expect(changes).toMatchObject([
    { seq: 1, kind: 'created', before: null, after: first },
    {
      seq: 2,
      kind: 'changed',
      before: { title: 'Water', completedAt: null },
      after: { title: 'Water the ferns', completedAt },
    },
    { seq: 3, kind: 'deleted', before: last, after: null },
    { seq: 4, kind: 'restored', before: null, after: last },
  ])
  expect(changes[1]?.after).not.toHaveProperty('description')
  expect(changes.every(({ taskId, undoes }) => taskId === id && undoes === null)).toBe(true)
})

describe('since', () => {
  test('returns what came after, and where to continue', async () => {
    for (const title of ['one', 'two', 'three']) await makeTask(ada, { title })
    const page = await listChanges(ada, { since: 1, limit: 1 })
    expect(page).toMatchObject({ changes: [{ seq: 2 }], nextSince: 2, hasGap: false })
    expect(await listChanges(ada, { since: 3 })).toEqual({ changes: [], nextSince: 3, hasGap: false })
    expect(await listChanges(await createActor(), {})).toEqual({ changes: [], nextSince: 0, hasGap: false })
  })

  test('reports that changes are missing', async () => {
    for (const title of ['one', 'two', 'three']) await makeTask(ada, { title })
    await db().change.deleteMany({ where: { seq: { lte: 2 } } })
    expect(await listChanges(ada, { since: 1 })).toMatchObject({ changes: [{ seq: 3 }], hasGap: true })
    await db().change.deleteMany()
    expect(await listChanges(ada, {})).toEqual({ changes: [], nextSince: 3, hasGap: true })
    expect(await listChanges(ada, { since: 9 })).toEqual({ changes: [], nextSince: 3, hasGap: true })
  })

  test('follows parallel writers without a gap, and none of their changes is missed', async () => {
    const { id } = await makeTask(ada, { title: 'shared' })
    const seen: number[] = []
    let since = 0
    const read = async () => {
      const { changes, nextSince } = await listChanges(ada, { since })
      seen.push(...changes.map(({ seq }) => seq))
      since = nextSince
    }
    let isWriting = true
    const reading = (async () => {
      while (isWriting) await read()
    })()
    await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        n % 3 ? makeTask(ada, { title: `task ${n}` }) : update(id, { title: `title ${n}` }),
      ),
    )
    isWriting = false
    await reading
    await read()
    expect(seen).toEqual(Array.from({ length: 31 }, (_, index) => index + 1))
  })
})

describe('undo', () => {
  test('of a creation deletes, of a deletion restores, of a change puts back the fields; undone again it is a redo', async () => {
    const { id } = await makeTask(ada, { title: 'Water', description: 'All' })
    const creation = await lastBatch()
    await update(id, { title: 'Water the ferns', isCompleted: true })
    const change = await lastBatch()
    expect(await undo(change)).toEqual(all(id))
    expect(await getTask(ada, id)).toMatchObject({ value: { title: 'Water', completedAt: null, version: 3 } })
    expect((await changesOf(ada)).at(-1)).toMatchObject({ kind: 'changed', undoes: change })
    expect(await undo(await lastBatch())).toEqual(all(id))
    expect(await getTask(ada, id)).toMatchObject({ value: { title: 'Water the ferns', completedAt: NOW } })
    expect(await undo(await lastBatch())).toEqual(all(id))
    expect(await undo(creation)).toEqual(all(id))
    expect(await getTask(ada, id)).toMatchObject({ ok: false })
    expect(await undo(await lastBatch())).toEqual(all(id))
    expect(await getTask(ada, id)).toMatchObject({ value: { title: 'Water', description: 'All' } })
  })

  test('skips the fields that have changed since, and puts back the others', async () => {
    const { id } = await makeTask(ada, { title: 'Water', description: 'All' })
    await update(id, { title: 'mine', description: 'mine', isCompleted: true })
    const batch = await lastBatch()
    await update(id, { title: 'later' })
    const skipped = [{ taskId: id, listId: null, reason: 'changed_since', fields: ['title'] }]
    expect(await undo(batch)).toEqual({ undone: [{ taskId: id, listId: null }], skipped })
    expect(await getTask(ada, id)).toMatchObject({
      value: { title: 'later', description: 'All', completedAt: null },
    })
  })

  test('takes the parts of a due date together, and skips them together', async () => {
    const { id } = await makeTask(ada, { title: 'Water' })
    await update(id, { dueOn: '2026-12-24', labels: ['home'] })
    const batch = await lastBatch()
    await update(id, { dueTime: '09:30' })
    const repetition = ['seriesId', 'repeatFrom', 'repeatRule', 'repeatAnchor']
    const fields = ['dueOn', 'dueTime', 'dueZone', ...repetition]
    expect(await undo(batch)).toMatchObject({ skipped: [{ reason: 'changed_since', fields }] })
    expect(await getTask(ada, id)).toMatchObject({
      value: { dueOn: '2026-12-24', dueTime: '09:30', labels: [] },
    })
    await update(id, { dueOn: null })
    expect(await undo(await lastBatch())).toEqual(all(id))
    expect(await getTask(ada, id)).toMatchObject({ value: { dueOn: '2026-12-24', dueTime: '09:30' } })
  })

  test('of a creation skips a task that was changed or deleted since', async () => {
    const { id } = await makeTask(ada, { title: 'Water' })
    const creation = await lastBatch()
    await update(id, { title: 'later' })
    expect(await undo(creation)).toEqual({
      undone: [],
      skipped: [{ taskId: id, listId: null, reason: 'changed_since', fields: ['title'] }],
    })
    await deleteTask(ada, id, { now: NOW })
    const skipped = [{ taskId: id, listId: null, reason: 'changed_since', fields: [] }]
    expect(await undo(creation)).toEqual({ undone: [], skipped })
  })

  test('twice does nothing the second time, and records nothing', async () => {
    const { id } = await makeTask(ada, { title: 'Water' })
    await deleteTask(ada, id, { now: NOW })
    const deletion = await lastBatch()
    await undo(deletion)
    const skipped = [{ taskId: id, listId: null, reason: 'changed_since', fields: [] }]
    expect(await undo(deletion)).toEqual({ undone: [], skipped })
    expect(await changesOf(ada)).toHaveLength(3)
  })

  test('skips a task whose row has been purged', async () => {
    const { id } = await makeTask(ada, { title: 'Water' })
    await deleteTask(ada, id, { now: NOW })
    await db().task.deleteMany()
    expect(await undo(await lastBatch())).toEqual({
      undone: [],
      skipped: [{ taskId: id, listId: null, reason: 'purged', fields: [] }],
    })
  })

  test("of another user's batch is not found, changes nothing and is recorded", async () => {
    const { id } = await makeTask(ada, { title: 'Mine' })
    const batch = await lastBatch()
    const eve = await createActor()
    const missing = { ok: false, error: { code: 'BATCH_NOT_FOUND' } }
    expect(await undoBatch(eve, batch, { now: LATER })).toEqual(missing)
    expect(await getTask(ada, id)).toMatchObject({ ok: true })
    const denied = { userId: eve.userId, failureReason: 'foreign_change', details: { batch_id: batch } }
    expect(await allEvents()).toMatchObject([{ eventType: 'access_denied', ...denied }])
    for (const unknown of [randomUUID(), '', 'x', id]) {
      expect(await undoBatch(ada, unknown, { now: LATER })).toEqual(missing)
    }
    expect(await allEvents()).toHaveLength(1)
  })
})

describe('the counter', () => {
  const openTasks = async () => (await db().taskCounter.findFirst())?.openTasks

  test('has the number of open tasks, also of those from before there was a counter', async () => {
    await db().task.createMany({
      data: [{ title: 'old' }, { title: 'older' }].map((task) => ({ ...task, userId: ada.userId })),
    })
    const { id } = await makeTask(ada, { title: 'new' })
    expect(await openTasks()).toBe(3)
    await update(id, { isCompleted: true })
    expect(await openTasks()).toBe(2)
    await deleteTask(ada, id, { now: NOW })
    await restoreTask(ada, id, { now: NOW })
    expect(await openTasks()).toBe(2)
    await update(id, { isCompleted: false })
    await deleteTask(ada, id, { now: NOW })
    expect(await openTasks()).toBe(2)
    await undo(await lastBatch())
    expect(await openTasks()).toBe(3)
  })

  test('at the quota refuses to create, reopen and restore, and still completes and deletes', async () => {
    const ids: string[] = []
    for (const title of ['done', 'deleted', 'open']) ids.push((await makeTask(ada, { title })).id)
    const [done = '', deleted = '', open = ''] = ids
    await update(done, { isCompleted: true })
    await deleteTask(ada, deleted, { now: NOW })
    const deletion = await lastBatch()
    await db().taskCounter.updateMany({ data: { openTasks: QUOTAS.open_tasks } })
    const refused = { ok: false, error: { code: 'QUOTA_EXCEEDED', quota: 'open_tasks' } }
    expect(await createTask(ada, { title: 'one too many' }, { now: NOW })).toEqual(refused)
    expect(await update(done, { isCompleted: false })).toEqual(refused)
    expect(await restoreTask(ada, deleted, { now: NOW })).toEqual(refused)
    expect(await undoBatch(ada, deletion, { now: LATER })).toEqual(refused)
    expect(await db().task.count({ where: { completedAt: null, deletedAt: null } })).toBe(1)
    expect(await update(open, { title: 'renamed' })).toMatchObject({ ok: true })
    expect(await update(open, { isCompleted: true })).toMatchObject({ ok: true })
    expect(await createTask(ada, { title: 'fits again' }, { now: NOW })).toMatchObject({ ok: true })
  })
})
