import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, createActor, makeTask } from '#lib/testing/factories.ts'
import { deleteTask } from './delete-task.ts'
import { undoBatch } from './journal/undo-batch.ts'
import { tickTasks } from './tick-tasks.ts'

const now = new Date()
let ada: Actor

beforeEach(async () => {
  await emptyTables()
  ada = await createActor()
})

async function tick(ids: string[], isCompleted = true, actor = ada) {
  const ticks = ids.map((id) => ({ id, isCompleted }))
  const ticked = await tickTasks(actor, ticks, { now })
  if (!ticked.ok) throw new Error(ticked.error.code)
  return ticked
}

async function completedTitles(): Promise<string[]> {
  const tasks = await db().task.findMany({ where: { completedAt: { not: null } }, orderBy: { title: 'asc' } })
  return tasks.map(({ title }) => title)
}

test('completes and reopens several tasks as one batch, which one undo takes back', async () => {
  const [a, b] = [await makeTask(ada, { title: 'a' }), await makeTask(ada, { title: 'b' })]
  const { batchId } = await tick([a.id, b.id])
  expect(await completedTitles()).toEqual(['a', 'b'])
  await tick([a.id], false)
  expect(await completedTitles()).toEqual(['b'])
  await undoBatch(ada, batchId ?? '', { now })
  expect(await completedTitles()).toEqual([])
})

test('completes the others of a task that is gone, never existed or is another user’s', async () => {
  const eve = await createActor()
  const [mine, gone, foreign] = [
    await makeTask(ada, { title: 'mine' }),
    await makeTask(ada, { title: 'gone' }),
    await makeTask(eve, { title: 'foreign' }),
  ]
  await deleteTask(ada, gone.id, { now })
  const absent = [gone.id, foreign.id, randomUUID(), 'no id']
  expect(await tick([...absent, mine.id])).toMatchObject({ value: absent, batchId: expect.any(String) })
  expect(await completedTitles()).toEqual(['mine'])
  expect(await tick(absent)).toMatchObject({ value: absent, batchId: null })
  const denied = { eventType: 'access_denied', userId: ada.userId, details: { task_id: foreign.id } }
  expect(await allEvents()).toMatchObject([denied, denied])
})
