import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { allEvents, createActor, makeTask } from '#lib/testing/factories.ts'
import { newId } from '#lib/uuid.ts'
import { deleteTask } from './delete-task.ts'
import { editTask } from './edit-task.ts'
import { getDeletedTask } from './get-deleted-task.ts'
import { getTask } from './get-task.ts'
import { writeTasks } from './journal/write-tasks.ts'
import { restoreTask } from './restore-task.ts'
import { addTask } from './steps/add-task.ts'
import { updateTask } from './update-task.ts'

const NOT_FOUND = { ok: false, error: { code: 'TASK_NOT_FOUND' } }
let ada: Actor
let eve: Actor

beforeEach(async () => {
  await emptyTables()
  ada = await createActor()
  eve = await createActor()
})

const verbs = [
  ['getTask', getTask],
  [
    'updateTask',
    (actor: Actor, id: string) =>
      updateTask(actor, id, { changes: { title: 'Stolen', isCompleted: true }, now: new Date() }),
  ],
  [
    'updateTask without changes',
    (actor: Actor, id: string) => updateTask(actor, id, { changes: {}, now: new Date() }),
  ],
  [
    'updateTask with a version',
    (actor: Actor, id: string) =>
      updateTask(actor, id, { changes: { title: 'Stolen' }, versions: [1], now: new Date() }),
  ],
  [
    'editTask',
    (actor: Actor, id: string) =>
      editTask(actor, id, {
        typed: { title: 'Stolen' },
        seen: { title: '', description: '' },
        now: new Date(),
      }),
  ],
  [
    'updateTask after it',
    async (actor: Actor, id: string) => {
      const own = await makeTask(actor, { title: 'Own' })
      return updateTask(actor, own.id, { changes: { afterId: id }, now: new Date() })
    },
  ],
  ['deleteTask', (actor: Actor, id: string) => deleteTask(actor, id, { now: new Date() })],
  [
    'deleteTask with a version',
    (actor: Actor, id: string) => deleteTask(actor, id, { versions: [1, 2], now: new Date() }),
  ],
  ['restoreTask', (actor: Actor, id: string) => restoreTask(actor, id, { now: new Date() })],
] as const

describe.each(verbs)('%s', (_, verb) => {
  test("another user's task is not found and stays unchanged, and the attempt is recorded", async () => {
    const task = await makeTask(ada, { title: 'Mine' })
    const before = await db().task.findUnique({ where: { id: task.id } })
    expect(await verb(eve, task.id)).toEqual(NOT_FOUND)
    expect(await db().task.findUnique({ where: { id: task.id } })).toEqual(before)
    expect(await allEvents()).toMatchObject([
      {
        eventType: 'access_denied',
        failureReason: 'foreign_task',
        success: false,
        userId: eve.userId,
        sessionId: eve.sessionId,
        requestId: eve.client.requestId,
        details: { task_id: task.id },
      },
    ])
  })

  test("another user's deleted task stays deleted", async () => {
    const task = await makeTask(ada, { title: 'Mine' })
    await deleteTask(ada, task.id, { now: new Date() })
    expect(await verb(eve, task.id)).toEqual(NOT_FOUND)
    expect(await getDeletedTask(eve, task.id)).toBeNull()
    expect(await getDeletedTask(ada, task.id)).toMatchObject({ id: task.id, title: 'Mine' })
  })

  test.each([
    randomUUID(),
    '',
    '1',
    'me',
    '../1',
    `${randomUUID()}x`,
    `{${randomUUID()}}`,
    randomUUID().replaceAll('-', ''),
    "' OR 1=1 --",
    '\0',
    '😀',
  ])('the id %j is not found, and nothing is recorded', async (id) => {
    await makeTask(ada, { title: 'Mine' })
    expect(await verb(ada, id)).toEqual(NOT_FOUND)
    expect(await allEvents()).toEqual([])
  })
})

test('an id in upper case is the same id', async () => {
  const task = await makeTask(ada, { title: 'Mine' })
  expect(await getTask(ada, task.id.toUpperCase())).toEqual({ ok: true, value: task })
})

test('an id that another account takes between check and save is not found', async () => {
  const now = new Date()
  const id = newId(now)
  const written = await writeTasks(ada, { now }, async (writer) => {
    const added = await addTask(writer, { id, title: 'Mine' })
    if (added.ok) await makeTask(eve, { id, title: 'Theirs' })
    return added
  })
  expect(written).toEqual({ ok: false, error: { code: 'TASK_NOT_FOUND', id, field: 'id' } })
  expect(await db().task.findUnique({ where: { id } })).toMatchObject({ title: 'Theirs' })
})
