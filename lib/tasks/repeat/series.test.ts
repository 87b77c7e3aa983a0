import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeTask } from '#lib/testing/factories.ts'
import { deleteTask } from '../delete-task.ts'
import { getTask } from '../get-task.ts'
import { listChanges } from '../journal/list-changes.ts'
import { undoBatch } from '../journal/undo-batch.ts'
import { createList } from '../lists/create-list.ts'
import { restoreTask } from '../restore-task.ts'
import { runBatch } from '../run-batch.ts'
import type { NewTask } from '../schema.ts'
import { updateTask } from '../update-task.ts'

const NOW = new Date('2026-11-29T12:00:00.000Z')
let minutes = 0
const later = () => new Date(NOW.getTime() + ++minutes * 60_000)
let ada: Actor

beforeEach(async () => {
  await emptyTables()
  minutes = 0
  ada = await createActor()
})

const DAILY = { dueOn: '2026-12-01', repeat: { rule: 'FREQ=DAILY', from: 'due' } } as const

async function repeating(fields: Partial<NewTask> = {}): Promise<string> {
  return (await makeTask(ada, { title: 'Water', ...DAILY, ...fields })).id
}

async function update(id: string, changes: Parameters<typeof updateTask>[2]['changes'], now = later()) {
  const updated = await updateTask(ada, id, { changes, now })
  if (!updated.ok) throw new Error(updated.error.code)
  return updated.value
}

const complete = async (id: string, now?: Date) => (await update(id, { isCompleted: true }, now)).nextTaskId

async function undoLast() {
  const { changes } = await listChanges(ada, { limit: 200 })
  return undoBatch(ada, changes.at(-1)!.batchId, { now: later() })
}

/** The open tasks: day, and whether they repeat. */
async function open() {
  const tasks = await db().task.findMany({
    where: { completedAt: null, deletedAt: null },
    orderBy: { dueOn: 'asc' },
  })
  return tasks.map(({ id, dueOn, seriesId }) => ({ id, dueOn, repeats: seriesId !== null }))
}

describe('completing a repeating task', () => {
  test('closes it and makes its successor with everything that the user set', async () => {
    const list = await createList(ada, { name: 'Home' }, { now: NOW })
    const fields = {
      description: 'All',
      listId: list.ok ? list.value.id : null,
      dueTime: '09:30',
      dueZone: 'Europe/Berlin',
      startOn: '2026-11-28',
      priority: 1,
      labels: ['garden'],
    }
    const id = await repeating({
      ...fields,
      repeat: { rule: 'FREQ=MONTHLY', from: 'due' },
      dueOn: '2026-11-30',
    })
    const now = later()
    const nextId = (await complete(id, now))!
    const closed = await getTask(ada, id)
    const next = await getTask(ada, nextId)
    if (!closed.ok || !next.ok) throw new Error('missing')
    expect(closed.value).toMatchObject({
      ...fields,
      completedAt: now,
      dueOn: '2026-11-30',
      repeatRule: 'FREQ=MONTHLY',
    })
    expect(next.value).toEqual({
      ...closed.value,
      id: nextId,
      dueOn: '2026-12-30',
      startOn: '2026-12-28',
      completedAt: null,
      createdAt: now,
      updatedAt: now,
      version: 1,
    })
    const { changes } = await listChanges(ada, {})
    expect(changes.slice(-2)).toMatchObject([
      { taskId: id, kind: 'changed', after: { completedAt: now.toISOString() } },
      { taskId: nextId, kind: 'created', batchId: changes.at(-2)!.batchId },
    ])
  })

  test('twice, or on several devices in parallel, makes one successor, and both learn its id', async () => {
    const id = await repeating()
    const ids = await Promise.all([complete(id), complete(id), complete(id)])
    expect(new Set(ids).size).toBe(1)
    expect(await open()).toMatchObject([{ id: ids[0], repeats: true }])
    expect((await update(id, { title: 'Watered' })).nextTaskId).toBe(ids[0])
  })

  test("goes by the day of the account's time zone", async () => {
    const data = { timeZone: 'Pacific/Kiritimati' }
    await db().user.update({ where: { id: ada.userId }, data })
    const id = await repeating({ repeat: { rule: 'FREQ=DAILY', from: 'completion' } })
    await complete(id, new Date('2026-12-09T10:01:00.000Z'))
    expect(await open()).toMatchObject([{ dueOn: new Date('2026-12-11') }])
  })

  test('takes what the same request changes', async () => {
    const id = await repeating()
    const { nextTaskId } = await update(id, { isCompleted: true, title: 'Water all', dueOn: '2026-12-05' })
    expect(await getTask(ada, nextTaskId!)).toMatchObject({
      value: { title: 'Water all', dueOn: '2026-12-06' },
    })
    expect(await update(nextTaskId!, { isCompleted: true, repeat: null })).not.toHaveProperty('nextTaskId')
    expect(await open()).toEqual([])
  })

  test('at the end of the series makes none', async () => {
    const id = await repeating({ repeat: { rule: 'FREQ=DAILY;COUNT=2', from: 'due' } })
    const last = (await complete(id))!
    expect(await getTask(ada, last)).toMatchObject({ value: { repeatRule: 'FREQ=DAILY;COUNT=1' } })
    expect(await complete(last)).toBeUndefined()
    expect(await open()).toEqual([])
  })

  test('keeps the days of four digits, however far they are', async () => {
    const id = await repeating({
      dueOn: '9999-12-30',
      startOn: '1000-01-01',
      repeat: { rule: 'FREQ=DAILY', from: 'completion' },
    })
    const next = (await complete(id))!
    expect(await getTask(ada, next)).toMatchObject({ value: { dueOn: '2026-11-30', startOn: '1000-01-01' } })
    await update(next, {
      dueOn: '9999-12-30',
      startOn: '9999-12-31',
      repeat: { rule: 'FREQ=DAILY', from: 'due' },
    })
    const last = (await complete(next))!
    expect(await getTask(ada, last)).toMatchObject({ value: { dueOn: '9999-12-31', startOn: '9999-12-31' } })
    expect(await complete(last)).toBeUndefined()
  })
})

describe('undoing a completion', () => {
  test('removes the successor, and a redo brings it back', async () => {
    const id = await repeating()
    const next = await complete(id)
    await undoLast()
    expect(await open()).toMatchObject([{ id, repeats: true }])
    await undoLast()
    expect(await open()).toMatchObject([{ id: next, repeats: true }])
  })

  test('keeps a successor that has changed since, and the reopened task repeats no longer', async () => {
    const id = await repeating()
    const next = (await complete(id))!
    const { changes } = await listChanges(ada, {})
    await update(next, { title: 'Water more' })
    expect(await undoBatch(ada, changes.at(-1)!.batchId, { now: later() })).toMatchObject({
      value: {
        undone: [{ taskId: id }],
        skipped: [{ taskId: next, reason: 'changed_since', fields: ['title'] }],
      },
    })
    expect(await open()).toMatchObject([
      { id, repeats: false },
      { id: next, repeats: true },
    ])
    await undoLast()
    expect(await open()).toMatchObject([{ id: next, repeats: true }])
    expect(await getTask(ada, id)).toMatchObject({ value: { repeatRule: 'FREQ=DAILY' } })
  })
})

describe('a completion that an undo skips', () => {
  test('keeps its successor deleted where it was completed again since', async () => {
    const id = await repeating()
    const first = (await complete(id))!
    await undoLast()
    const undo = (await listChanges(ada, {})).changes.at(-1)!.batchId
    const second = await complete(id)
    expect(await undoBatch(ada, undo, { now: later() })).toEqual({
      ok: true,
      batchId: null,
      value: {
        undone: [],
        skipped: [
          { taskId: id, listId: null, reason: 'changed_since', fields: ['completedAt'] },
          { taskId: first, listId: null, reason: 'changed_since', fields: [] },
        ],
      },
    })
    expect(await open()).toMatchObject([{ id: second, repeats: true }])
  })

  test('keeps its successor where the completed task was deleted since', async () => {
    const id = await repeating()
    const next = await complete(id)
    const completion = (await listChanges(ada, {})).changes.at(-1)!.batchId
    await deleteTask(ada, id, { now: later() })
    expect(await undoBatch(ada, completion, { now: later() })).toMatchObject({ value: { undone: [] } })
    expect(await open()).toMatchObject([{ id: next, repeats: true }])
  })

  test('is not that of another series in the same batch', async () => {
    const [id, other] = [await repeating(), await repeating()]
    const done = await runBatch(
      ada,
      [id, other].map((id) => ({ op: 'update', id, changes: { isCompleted: true } })),
      { now: later() },
    )
    await update(id, { isCompleted: false })
    const undone = await undoBatch(ada, done.ok ? (done.batchId ?? '') : '', { now: later() })
    expect(undone).toMatchObject({ value: { undone: { length: 2 }, skipped: { length: 2 } } })
    const byId = (tasks: { id: string }[]) => tasks.map(({ id }) => id).sort()
    expect(byId(await open())).toEqual([id, other].sort())
  })
})

describe('reopening a repeating task', () => {
  test('deletes its untouched successor, and an undo brings it back', async () => {
    const id = await repeating()
    const next = await complete(id)
    expect(await update(id, { isCompleted: false })).toMatchObject({ repeatRule: 'FREQ=DAILY' })
    expect(await open()).toMatchObject([{ id, repeats: true }])
    await undoLast()
    expect(await open()).toMatchObject([{ id: next, repeats: true }])
  })

  test('next to a successor that was changed, or to a later one, repeats no longer', async () => {
    const first = await repeating()
    const second = (await complete(first))!
    await update(second, { priority: 2 })
    expect(await update(first, { isCompleted: false })).toMatchObject({ repeatRule: null, seriesId: null })
    const third = (await complete(second))!
    const fourth = (await complete(third))!
    expect(await update(second, { isCompleted: false })).toMatchObject({ repeatRule: null, seriesId: null })
    expect(await open()).toMatchObject([
      { id: first, repeats: false },
      { id: second, repeats: false },
      { id: fourth, repeats: true },
    ])
  })

  test('whose successor is deleted still repeats, and a restored successor repeats no longer', async () => {
    const id = await repeating()
    const next = (await complete(id))!
    await deleteTask(ada, next, { now: later() })
    await update(id, { isCompleted: false })
    await restoreTask(ada, next, { now: later() })
    expect(await open()).toMatchObject([
      { id, repeats: true },
      { id: next, repeats: false },
    ])
  })
})

test('a changed rule counts from the day that the task has then', async () => {
  const id = await repeating({ repeat: { rule: 'FREQ=MONTHLY', from: 'due' }, dueOn: '2026-12-31' })
  await update(id, { dueOn: '2027-01-04' })
  const moved = (await complete(id))!
  expect(await getTask(ada, moved)).toMatchObject({ value: { dueOn: '2027-01-31' } })
  await update(moved, { repeat: { rule: 'FREQ=MONTHLY;INTERVAL=2', from: 'due' }, dueOn: '2027-02-10' })
  const next = (await complete(moved))!
  expect(await getTask(ada, next)).toMatchObject({ value: { dueOn: '2027-04-10' } })
})
