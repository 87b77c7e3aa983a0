import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, createActor, makeTask } from '#lib/testing/factories.ts'
import { deleteTask } from './delete-task.ts'
import { getDeletedTask } from './get-deleted-task.ts'
import { getTask } from './get-task.ts'
import { listTasks } from './list-tasks.ts'
import { restoreTask } from './restore-task.ts'
import { updateTask } from './update-task.ts'

const NOT_FOUND = { ok: false, error: { code: 'TASK_NOT_FOUND' } }
const DONE = { ok: true, value: null }
let actor: Actor

beforeEach(async () => {
  await emptyTables()
  actor = await createActor()
})

test('a deleted task is not found, except by the restore functions', async () => {
  const { id } = await makeTask(actor, { title: 'Water the plants' })
  expect(await deleteTask(actor, id, { now: new Date() })).toMatchObject(DONE)
  expect(await getTask(actor, id)).toEqual(NOT_FOUND)
  expect(await updateTask(actor, id, { changes: { title: 'x' }, now: new Date() })).toEqual(NOT_FOUND)
  expect(await deleteTask(actor, id, { now: new Date() })).toEqual(NOT_FOUND)
  expect((await listTasks(actor, {})).tasks).toEqual([])
  expect(await getDeletedTask(actor, id)).toMatchObject({ id, title: 'Water the plants' })
  expect(await allEvents()).toEqual([])
})

test('restoring a task puts it back at its place in the list', async () => {
  const tasks = []
  for (const title of ['one', 'two', 'three']) tasks.unshift(await makeTask(actor, { title }))
  await deleteTask(actor, tasks[1]!.id, { now: new Date() })
  expect(await restoreTask(actor, tasks[1]!.id, { now: new Date() })).toMatchObject(DONE)
  const { tasks: listed } = await listTasks(actor, {})
  expect(listed.map(({ title }) => title)).toEqual(['three', 'two', 'one'])
  expect(await getDeletedTask(actor, tasks[1]!.id)).toBeNull()
})

test('restoring a task that is not deleted changes nothing', async () => {
  const task = await makeTask(actor, { title: 'Water the plants' })
  expect(await restoreTask(actor, task.id, { now: new Date() })).toMatchObject(DONE)
  expect(await getTask(actor, task.id)).toEqual({ ok: true, value: task })
})

test('parallel deletions of one task: only one succeeds', async () => {
  const { id } = await makeTask(actor, { title: 'Water the plants' })
  const results = await Promise.all([1, 2, 3, 4].map(() => deleteTask(actor, id, { now: new Date() })))
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
})
