import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/audit/events'
import { truncateAll } from '#lib/testing/database'
import { createActor } from '#lib/testing/factories'
import { createTask } from './create-task'
import { deleteTask } from './delete-task'
import { getTask } from './get-task'
import type { UpdateTask } from './schema'
import type { Task } from './task'
import { updateTask } from './update-task'

let actor: Actor
let task: Task

beforeEach(async () => {
  await truncateAll()
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
