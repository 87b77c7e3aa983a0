import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeTask } from '#lib/testing/factories.ts'
import { deleteTask } from '../delete-task.ts'
import { restoreTask } from '../restore-task.ts'
import { updateTask } from '../update-task.ts'
import { listChanges } from './list-changes.ts'
import { undoBatch } from './undo-batch.ts'

type Step = {
  task: number
  do: 'create' | 'update' | 'delete' | 'restore'
  title: string
  isCompleted: boolean
}

const step: fc.Arbitrary<Step> = fc.record({
  task: fc.nat(2),
  do: fc.constantFrom('create', 'update', 'update', 'delete', 'restore'),
  title: fc.constantFrom('a', 'b', 'c'),
  isCompleted: fc.boolean(),
})

let seconds = 0
const tick = () => new Date(1_800_000_000_000 + ++seconds * 1000)

async function perform(actor: Actor, ids: string[], { task, title, isCompleted, do: verb }: Step) {
  const id = ids[task % Math.max(ids.length, 1)] ?? ''
  if (verb === 'create') ids.push((await makeTask(actor, { title })).id)
  if (verb === 'update') await updateTask(actor, id, { changes: { title, isCompleted }, now: tick() })
  if (verb === 'delete') await deleteTask(actor, id, { now: tick() })
  if (verb === 'restore') await restoreTask(actor, id, { now: tick() })
}

/** What a user sees. */
function present() {
  const select = { id: true, title: true, description: true, completedAt: true }
  return db().task.findMany({ where: { deletedAt: null }, orderBy: { id: 'asc' }, select })
}

async function newBatches(actor: Actor, since: number): Promise<string[]> {
  return (await listChanges(actor, { since })).changes.map(({ batchId }) => batchId)
}

test('undone in reverse, every state comes back; redone in reverse again, so does the last one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
      await emptyTables()
      const actor = await createActor()
      const ids: string[] = []
      const states = [await present()]
      for (const one of steps) {
        await perform(actor, ids, one)
        if ((await newBatches(actor, states.length - 1)).length > 0) states.push(await present())
      }
      const batches = await newBatches(actor, 0)
      for (const [index, batch] of [...batches.entries()].reverse()) {
        expect(await undoBatch(actor, batch, { now: tick() })).toMatchObject({ value: { skipped: [] } })
        expect(await present()).toEqual(states[index])
      }
      for (const batch of (await newBatches(actor, batches.length)).reverse()) {
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
      const ids: string[] = []
      for (const one of steps) await perform(actor, ids, one)
      const { changes } = await listChanges(actor, {})
      fc.pre(changes.length > 0)
      const undone = changes[chosen % changes.length]!
      const before = await db().task.findMany()
      await undoBatch(actor, undone.batchId, { now: tick() })
      for (const task of await db().task.findMany()) {
        const was = before.find(({ id }) => id === task.id)!
        if (JSON.stringify(task) === JSON.stringify(was)) continue
        expect(task.id).toBe(undone.taskId)
        const later = changes.filter(({ seq, taskId }) => seq > undone.seq && taskId === undone.taskId)
        // A later change of the same field, unless it led back to what this batch had made of it.
        for (const field of ['title', 'completedAt'] as const) {
          if (JSON.stringify(task[field]) === JSON.stringify(was[field])) continue
          const last = later.findLast(({ after }) => after?.[field] !== undefined)
          if (last) expect(last.after?.[field]).toEqual(undone.after?.[field])
        }
      }
    }),
    { numRuns: 25 },
  )
})
