import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor } from '#lib/testing/factories.ts'
import { createTask } from './create-task.ts'
import { deleteTask } from './delete-task.ts'
import { getTask } from './get-task.ts'
import { restoreTask } from './restore-task.ts'
import type { UpdateTask } from './schema.ts'
import type { Task } from './task.ts'
import { updateTask } from './update-task.ts'

let actor: Actor
let task: Task

beforeEach(async () => {
  await emptyTables()
  actor = await createActor()
  task = await createTask(actor, { title: 'Water the plants', description: 'All of them' })
})

async function update(changes: UpdateTask): Promise<Task> {
  const updated = await updateTask(actor, task.id, changes)
  if (!updated.ok) throw new Error(updated.error.code)
  return updated.value
}

test.each<[string, UpdateTask, Partial<Task>]>([
  ['the title alone', { title: 'Water' }, { title: 'Water', description: 'All of them' }],
  ['the description alone', { description: 'Some' }, { title: 'Water the plants', description: 'Some' }],
  ['the description to none', { description: null }, { description: null }],
  ['all at once', { title: 'a', description: 'b', is_completed: true }, { title: 'a', description: 'b' }],
])('changes %s', async (_, changes, expected) => {
  const updated = await update(changes)
  expect(updated).toMatchObject(expected)
  expect(updated.updatedAt.getTime()).toBeGreaterThanOrEqual(task.updatedAt.getTime())
  expect(await getTask(actor, task.id)).toEqual({ ok: true, value: updated })
})

test.each<UpdateTask>([
  {},
  { title: 'Water the plants' },
  { is_completed: false },
  { description: 'All of them' },
])('what is already so stays untouched: %j', async (changes) => {
  expect(await update(changes)).toEqual(task)
})

describe('the version', () => {
  test('is 1 at first, and every change adds one', async () => {
    expect(task.version).toBe(1)
    expect(await update({ title: 'a' })).toMatchObject({ version: 2 })
    expect(await update({ description: null, is_completed: true })).toMatchObject({ version: 3 })
    expect(await update({ is_completed: false })).toMatchObject({ version: 4 })
    await deleteTask(actor, task.id)
    await restoreTask(actor, task.id)
    expect(await getTask(actor, task.id)).toMatchObject({ value: { version: 6 } })
  })

  test('stays after a change of nothing and after a refused one', async () => {
    await update({ is_completed: true })
    for (const nothing of [{}, { title: task.title }, { is_completed: true }]) {
      expect(await update(nothing)).toMatchObject({ version: 2 })
    }
    await updateTask(actor, task.id, { title: 'x' }, [1])
    await deleteTask(actor, task.id, [1])
    await restoreTask(actor, task.id)
    expect(await getTask(actor, task.id)).toMatchObject({ value: { version: 2 } })
  })

  test('increases by one with each of many changes at once, and each answer has its own', async () => {
    const updates = await Promise.all(Array.from({ length: 20 }, (_, n) => update({ title: `title ${n}` })))
    const versions = updates.map(({ version }) => version).sort((a, b) => a - b)
    expect(versions).toEqual(Array.from({ length: 20 }, (_, n) => n + 2))
    const last = updates.find(({ version }) => version === 21)
    expect(await getTask(actor, task.id)).toEqual({ ok: true, value: last })
  })
})

describe('with a version', () => {
  const mismatch = (present: Task) => ({ ok: false, error: { code: 'VERSION_MISMATCH', task: present } })

  test('changes the task that has it', async () => {
    expect(await updateTask(actor, task.id, { title: 'x' }, [1])).toMatchObject({ value: { version: 2 } })
    expect(await updateTask(actor, task.id, { title: 'y' }, [7, 2])).toMatchObject({ value: { version: 3 } })
  })

  test('refuses a task that has changed since, shows it and leaves it alone', async () => {
    const present = await update({ description: 'Some' })
    for (const changes of [{ title: 'x' }, {}, { description: 'Some' }, { is_completed: true }]) {
      for (const versions of [[1], [], [3, 4]]) {
        expect(await updateTask(actor, task.id, changes, versions)).toEqual(mismatch(present))
      }
    }
    expect(await deleteTask(actor, task.id, [1])).toEqual(mismatch(present))
    expect(await deleteTask(actor, task.id, [])).toEqual(mismatch(present))
    expect(await getTask(actor, task.id)).toEqual({ ok: true, value: present })
    expect(await deleteTask(actor, task.id, [1, 2])).toEqual({ ok: true, value: null })
  })

  test('a missing task is missing rather than changed', async () => {
    await deleteTask(actor, task.id)
    const missing = { ok: false, error: { code: 'TASK_NOT_FOUND' } }
    expect(await updateTask(actor, task.id, { title: 'x' }, [1])).toEqual(missing)
    expect(await deleteTask(actor, task.id, [2])).toEqual(missing)
  })

  test('of many changes and deletions at once exactly one happens', async () => {
    const results = await Promise.all([
      ...Array.from({ length: 12 }, (_, n) => updateTask(actor, task.id, { title: `title ${n}` }, [1])),
      ...Array.from({ length: 4 }, () => updateTask(actor, task.id, { is_completed: true }, [1])),
      ...Array.from({ length: 4 }, () => deleteTask(actor, task.id, [1])),
    ])
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    const { version } = await db().task.findUniqueOrThrow({ where: { id: task.id } })
    expect(version).toBe(2)
  })
})

describe('completing', () => {
  test('twice keeps the first time', async () => {
    const first = await update({ is_completed: true })
    expect(first.completedAt).toEqual(expect.any(Date))
    expect(await update({ is_completed: true })).toEqual(first)
    expect(await update({ title: 'Water', is_completed: true })).toMatchObject({
      completedAt: first.completedAt,
    })
  })

  test('by many requests at once keeps the first time too, and all of them hear it', async () => {
    const updates = await Promise.all(Array.from({ length: 12 }, () => update({ is_completed: true })))
    const times = updates.map(({ completedAt }) => completedAt?.toISOString())
    expect(new Set(times).size).toBe(1)
    expect(await getTask(actor, task.id)).toMatchObject({ value: { completedAt: updates[0]!.completedAt } })
  })

  test('can be undone', async () => {
    await update({ is_completed: true })
    expect(await update({ is_completed: false })).toMatchObject({ completedAt: null })
  })

  test('while it is being deleted either happens before or is told that there is no such task', async () => {
    const [updated, deleted] = await Promise.all([
      updateTask(actor, task.id, { is_completed: true }),
      deleteTask(actor, task.id),
    ])
    expect(deleted.ok).toBe(true)
    if (!updated.ok) expect(updated.error).toEqual({ code: 'TASK_NOT_FOUND' })
    expect(await getTask(actor, task.id)).toMatchObject({ ok: false })
  })
})
