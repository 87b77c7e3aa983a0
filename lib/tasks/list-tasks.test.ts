import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeTask } from '#lib/testing/factories.ts'
import { deleteTask } from './delete-task.ts'
import { listTasks } from './list-tasks.ts'
import { NO_REPEAT } from './repeat/repeat.ts'
import { NO_FIELDS } from './task.ts'
import { updateTask } from './update-task.ts'

let ada: Actor
let eve: Actor

beforeEach(async () => {
  await emptyTables()
  ada = await createActor()
  eve = await createActor()
})

async function fill(actor: Actor, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let i = 0; i < count; i++) ids.push((await makeTask(actor, { title: `task ${i}` })).id)
  return ids
}

/** Reads all pages, and runs `between` after each. */
async function readAll(actor: Actor, limit?: number, between: () => Promise<unknown> = async () => {}) {
  const pages: string[][] = []
  let cursor: string | undefined
  do {
    const page = await listTasks(actor, { limit, cursor })
    pages.push(page.tasks.map(({ id }) => id))
    cursor = page.nextCursor ?? undefined
    await between()
  } while (cursor)
  return pages
}

test('a new account has no tasks', async () => {
  expect(await listTasks(ada, {})).toEqual({ tasks: [], nextCursor: null })
})

test('a new task belongs to the actor and is shown to no other account', async () => {
  const task = await makeTask(ada, { title: 'Water the plants' })
  expect(task).toEqual({
    id: expect.any(String),
    userId: ada.userId,
    title: 'Water the plants',
    completedAt: null,
    ...NO_FIELDS,
    ...NO_REPEAT,
    position: expect.any(String),
    createdAt: expect.any(Date),
    updatedAt: expect.any(Date),
    version: 1,
  })
  expect((await listTasks(ada, {})).tasks).toEqual([task])
  expect((await listTasks(eve, {})).tasks).toEqual([])
})

test('reads what Prisma reads', async () => {
  const [first] = await fill(ada, 3)
  const changes = { description: 'On Friday', isCompleted: true }
  await updateTask(ada, first!, { changes, now: new Date() })
  const { tasks } = await listTasks(ada, {})
  expect(tasks).toEqual(await db().task.findMany({ orderBy: { id: 'desc' }, omit: { deletedAt: true } }))
})

describe('pages', () => {
  test.each([
    [undefined, [50, 50, 20]],
    [1, Array(120).fill(1)],
    [7, [...Array(17).fill(7), 1]],
    [60, [60, 60]],
    [120, [120]],
    [200, [120]],
  ])('with a limit of %s show 120 tasks newest first, without gap or repeat', async (limit, sizes) => {
    const ids = await fill(ada, 120)
    await fill(eve, 2)
    const pages = await readAll(ada, limit)
    expect(pages.map((page) => page.length)).toEqual(sizes)
    expect(pages.flat()).toEqual(ids.toReversed())
  })

  test('neither repeat nor miss a task while others are created and deleted', async () => {
    const ids = await fill(ada, 30)
    const going = ids.filter((_, i) => i % 10 === 4)
    const seen = (
      await readAll(ada, 10, async () => {
        await makeTask(ada, { title: 'new' })
        const id = going.pop()
        if (id) await deleteTask(ada, id, { now: new Date() })
      })
    ).flat()
    expect(new Set(seen).size).toBe(seen.length)
    const staying = ids.filter((_, i) => i % 10 !== 4)
    expect(seen).toEqual(expect.arrayContaining(staying))
  })

  test('continue after a cursor whose task was deleted', async () => {
    const ids = await fill(ada, 5)
    const { nextCursor } = await listTasks(ada, { limit: 2 })
    await deleteTask(ada, nextCursor!, { now: new Date() })
    const { tasks } = await listTasks(ada, { cursor: nextCursor! })
    expect(tasks.map(({ id }) => id)).toEqual([ids[2], ids[1], ids[0]])
  })

  test("with another account's cursor show only own tasks", async () => {
    await fill(ada, 3)
    const [, , newest] = await fill(eve, 3)
    const { tasks } = await listTasks(ada, { cursor: newest! })
    expect(tasks.every(({ userId }) => userId === ada.userId)).toBe(true)
    expect(tasks).toHaveLength(3)
    for (const cursor of [
      randomUUID(),
      '00000000-0000-0000-0000-000000000000',
      'ffffffff-ffff-ffff-ffff-ffffffffffff',
    ]) {
      expect((await listTasks(ada, { cursor })).tasks.every(({ userId }) => userId === ada.userId)).toBe(true)
    }
  })
})
