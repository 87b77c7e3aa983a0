import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeTask } from '#lib/testing/factories.ts'
import { deleteTask } from '../delete-task.ts'
import { createList } from '../lists/create-list.ts'
import { deleteList } from '../lists/delete-list.ts'
import { restoreTask } from '../restore-task.ts'
import { updateTask } from '../update-task.ts'
import { listChanges } from './list-changes.ts'
import { undoBatch } from './undo-batch.ts'

type Step = {
  task: number
  do: 'create' | 'update' | 'repeat' | 'move' | 'place' | 'delete' | 'restore' | 'create list' | 'delete list'
  list: number
  title: string
  isCompleted: boolean
}

const step: fc.Arbitrary<Step> = fc.record({
  task: fc.nat(2),
  do: fc.constantFrom(
    ...([
      'create',
      'update',
      'update',
      'repeat',
      'move',
      'place',
      'delete',
      'restore',
      'create list',
      'delete list',
    ] as const),
  ),
  list: fc.nat(2),
  title: fc.constantFrom('a', 'b', 'c'),
  isCompleted: fc.boolean(),
})

type Ids = { tasks: string[]; lists: string[] }

const started = Date.now()
let seconds = 0
const tick = () => new Date(started + ++seconds * 1000)

async function perform(actor: Actor, ids: Ids, { task, list, title, isCompleted, do: verb }: Step) {
  const id = ids.tasks[task % Math.max(ids.tasks.length, 1)] ?? ''
  const listId = ids.lists[list % (ids.lists.length + 1)] ?? null
  const now = tick()
  if (verb === 'create') ids.tasks.push((await makeTask(actor, { title })).id)
  if (verb === 'update') await updateTask(actor, id, { changes: { title, isCompleted }, now })
  if (verb === 'repeat') {
    const repeat = title === 'a' ? null : ({ rule: 'FREQ=DAILY', from: 'due' } as const)
    await updateTask(actor, id, { changes: { repeat, isCompleted }, now })
  }
  if (verb === 'move') await updateTask(actor, id, { changes: { listId }, now })
  if (verb === 'place') {
    const afterId = ids.tasks[list % (ids.tasks.length + 1)] ?? null
    await updateTask(actor, id, { changes: { afterId }, now })
  }
  if (verb === 'delete') await deleteTask(actor, id, { now })
  if (verb === 'restore') await restoreTask(actor, id, { now })
  if (verb === 'delete list') await deleteList(actor, listId ?? '', { now })
  if (verb === 'create list') {
    const made = await createList(actor, { name: title }, { now })
    if (made.ok) ids.lists.push(made.value.id)
  }
}

/** What a user sees. */
async function present() {
  const rows = { where: { deletedAt: null }, orderBy: { id: 'asc' } } as const
  const select = {
    ...{ id: true, title: true, description: true, completedAt: true, listId: true, position: true },
    ...{ dueOn: true, repeatRule: true, seriesId: true },
  }
  const lists = await db().taskList.findMany({ ...rows, select: { id: true, name: true, position: true } })
  return { lists, tasks: await db().task.findMany({ ...rows, select }) }
}

/** The batches from the given number on, in their order. */
async function batchesOf(actor: Actor, from = 0): Promise<string[]> {
  const { changes } = await listChanges(actor, { limit: 200 })
  return [...new Set(changes.map(({ batchId }) => batchId))].slice(from)
}

test('undone in reverse, every state comes back; redone in reverse again, so does the last one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
      await emptyTables()
      const actor = await createActor()
      const ids = { tasks: [], lists: [] }
      const states = [await present()]
      for (const one of steps) {
        await perform(actor, ids, one)
        if ((await batchesOf(actor, states.length - 1)).length > 0) states.push(await present())
      }
      const batches = await batchesOf(actor)
      for (const [index, batch] of [...batches.entries()].reverse()) {
        expect(await undoBatch(actor, batch, { now: tick() })).toMatchObject({ value: { skipped: [] } })
        expect(await present()).toEqual(states[index])
      }
      for (const batch of (await batchesOf(actor, batches.length)).reverse()) {
        expect(await undoBatch(actor, batch, { now: tick() })).toMatchObject({ value: { skipped: [] } })
      }
      expect(await present()).toEqual(states.at(-1))
    }),
    { numRuns: 25 },
  )
})

test('undoing any batch at any time overwrites no later change', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), fc.nat(), async (steps, chosen) => {
      await emptyTables()
      const actor = await createActor()
      const ids = { tasks: [], lists: [] }
      for (const one of steps) await perform(actor, ids, one)
      const { changes } = await listChanges(actor, { limit: 200 })
      fc.pre(changes.length > 0)
      const undone = changes[chosen % changes.length]!
      const before = await db().task.findMany()
      await undoBatch(actor, undone.batchId, { now: tick() })
      for (const task of await db().task.findMany()) {
        const was = before.find(({ id }) => id === task.id)!
        if (JSON.stringify(task) === JSON.stringify(was)) continue
        const own = changes.find(({ batchId, taskId }) => batchId === undone.batchId && taskId === task.id)!
        const later = changes.filter(({ seq, taskId }) => seq > own.seq && taskId === task.id)
        // A later change of the same field, unless it led back to what this batch had made of it.
        for (const field of ['title', 'completedAt', 'listId'] as const) {
          if (JSON.stringify(task[field]) === JSON.stringify(was[field])) continue
          const last = later.findLast(({ after }) => after?.[field] !== undefined)
          if (last) expect(last.after?.[field]).toEqual(own.after?.[field])
        }
      }
    }),
    { numRuns: 25 },
  )
})
