import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeTask } from '#lib/testing/factories.ts'
import { deleteTask } from './delete-task.ts'
import { getTask } from './get-task.ts'
import { restoreTask } from './restore-task.ts'
import type { TaskChanges } from './schema.ts'
import type { Task } from './task.ts'
import { updateTask } from './update-task.ts'

let actor: Actor
let task: Task

beforeEach(async () => {
  await emptyTables()
  actor = await createActor()
  task = await makeTask(actor, { title: 'Water the plants', description: 'All of them' })
})

async function update(changes: TaskChanges): Promise<Task> {
  const updated = await updateTask(actor, task.id, { changes, now: new Date() })
  if (!updated.ok) throw new Error(updated.error.code)
  return updated.value
}

test.each<[string, TaskChanges, Partial<Task>]>([
  ['the title alone', { title: 'Water' }, { title: 'Water', description: 'All of them' }],
  ['the description alone', { description: 'Some' }, { title: 'Water the plants', description: 'Some' }],
  ['the description to none', { description: null }, { description: null }],
  ['all fields', { title: 'a', description: 'b', isCompleted: true }, { title: 'a', description: 'b' }],
])('changes %s', async (_, changes, expected) => {
  const updated = await update(changes)
  expect(updated).toMatchObject(expected)
  expect(updated.updatedAt.getTime()).toBeGreaterThanOrEqual(task.updatedAt.getTime())
  expect(await getTask(actor, task.id)).toEqual({ ok: true, value: updated })
})

test.each<TaskChanges>([
  {},
  { title: 'Water the plants' },
  { isCompleted: false },
  { description: 'All of them' },
])('an update without a difference changes nothing: %j', async (changes) => {
  expect(await update(changes)).toEqual(task)
})

describe('the version of a task', () => {
  test('starts at 1 and increases by one with every change', async () => {
    expect(task.version).toBe(1)
    expect(await update({ title: 'a' })).toMatchObject({ version: 2 })
    expect(await update({ description: null, isCompleted: true })).toMatchObject({ version: 3 })
    expect(await update({ isCompleted: false })).toMatchObject({ version: 4 })
    await deleteTask(actor, task.id, { now: new Date() })
    await restoreTask(actor, task.id, { now: new Date() })
    expect(await getTask(actor, task.id)).toMatchObject({ value: { version: 6 } })
  })

  test('stays the same after an update without a difference and after a refused one', async () => {
    await update({ isCompleted: true })
    for (const nothing of [{}, { title: task.title }, { isCompleted: true }]) {
      expect(await update(nothing)).toMatchObject({ version: 2 })
    }
    await updateTask(actor, task.id, { changes: { title: 'x' }, versions: [1], now: new Date() })
    await deleteTask(actor, task.id, { versions: [1], now: new Date() })
    await restoreTask(actor, task.id, { now: new Date() })
    expect(await getTask(actor, task.id)).toMatchObject({ value: { version: 2 } })
  })

  test('increases by one with each of many parallel changes, and each caller gets its own', async () => {
    const updates = await Promise.all(Array.from({ length: 20 }, (_, n) => update({ title: `title ${n}` })))
    const versions = updates.map(({ version }) => version).sort((a, b) => a - b)
    expect(versions).toEqual(Array.from({ length: 20 }, (_, n) => n + 2))
    const last = updates.find(({ version }) => version === 21)
    expect(await getTask(actor, task.id)).toEqual({ ok: true, value: last })
  })
})

describe('an update with versions', () => {
  const mismatch = (present: Task) => ({ ok: false, error: { code: 'VERSION_MISMATCH', task: present } })

  test('changes a task that has one of them', async () => {
    expect(
      await updateTask(actor, task.id, { changes: { title: 'x' }, versions: [1], now: new Date() }),
    ).toMatchObject({ value: { version: 2 } })
    expect(
      await updateTask(actor, task.id, { changes: { title: 'y' }, versions: [7, 2], now: new Date() }),
    ).toMatchObject({ value: { version: 3 } })
  })

  test('is refused with the present task if that has another version', async () => {
    const present = await update({ description: 'Some' })
    for (const changes of [{ title: 'x' }, {}, { description: 'Some' }, { isCompleted: true }]) {
      for (const versions of [[1], [], [3, 4]]) {
        expect(await updateTask(actor, task.id, { changes, versions, now: new Date() })).toEqual(
          mismatch(present),
        )
      }
    }
    expect(await deleteTask(actor, task.id, { versions: [1], now: new Date() })).toEqual(mismatch(present))
    expect(await deleteTask(actor, task.id, { versions: [], now: new Date() })).toEqual(mismatch(present))
    expect(await getTask(actor, task.id)).toEqual({ ok: true, value: present })
    expect(await deleteTask(actor, task.id, { versions: [1, 2], now: new Date() })).toMatchObject({
      ok: true,
      value: null,
    })
  })

  test('reports a deleted task as not found, rather than as changed', async () => {
    await deleteTask(actor, task.id, { now: new Date() })
    const missing = { ok: false, error: { code: 'TASK_NOT_FOUND' } }
    expect(
      await updateTask(actor, task.id, { changes: { title: 'x' }, versions: [1], now: new Date() }),
    ).toEqual(missing)
    expect(await deleteTask(actor, task.id, { versions: [2], now: new Date() })).toEqual(missing)
  })

  test('succeeds once among many parallel updates and deletions', async () => {
    const results = await Promise.all([
      ...Array.from({ length: 12 }, (_, n) =>
        updateTask(actor, task.id, { changes: { title: `title ${n}` }, versions: [1], now: new Date() }),
      ),
      ...Array.from({ length: 4 }, () =>
        updateTask(actor, task.id, { changes: { isCompleted: true }, versions: [1], now: new Date() }),
      ),
      ...Array.from({ length: 4 }, () => deleteTask(actor, task.id, { versions: [1], now: new Date() })),
    ])
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    const { version } = await db().task.findUniqueOrThrow({ where: { id: task.id } })
    expect(version).toBe(2)
  })
})

describe('completing', () => {
  test('a task twice keeps the first time', async () => {
    const first = await update({ isCompleted: true })
    expect(first.completedAt).toEqual(expect.any(Date))
    expect(await update({ isCompleted: true })).toEqual(first)
    expect(await update({ title: 'Water', isCompleted: true })).toMatchObject({
      completedAt: first.completedAt,
    })
  })

  test('by parallel requests keeps the first time, and every request returns it', async () => {
    const updates = await Promise.all(Array.from({ length: 12 }, () => update({ isCompleted: true })))
    const times = updates.map(({ completedAt }) => completedAt?.toISOString())
    expect(new Set(times).size).toBe(1)
    expect(await getTask(actor, task.id)).toMatchObject({ value: { completedAt: updates[0]!.completedAt } })
  })

  test('can be undone', async () => {
    await update({ isCompleted: true })
    expect(await update({ isCompleted: false })).toMatchObject({ completedAt: null })
  })

  test('a task while it is deleted either succeeds or finds no task', async () => {
    const [updated, deleted] = await Promise.all([
      updateTask(actor, task.id, { changes: { isCompleted: true }, now: new Date() }),
      deleteTask(actor, task.id, { now: new Date() }),
    ])
    expect(deleted.ok).toBe(true)
    if (!updated.ok) expect(updated.error).toEqual({ code: 'TASK_NOT_FOUND' })
    expect(await getTask(actor, task.id)).toMatchObject({ ok: false })
  })
})
