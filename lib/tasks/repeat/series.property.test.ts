import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeTask } from '#lib/testing/factories.ts'
import { deleteTask } from '../delete-task.ts'
import { listChanges } from '../journal/list-changes.ts'
import { undoBatch } from '../journal/undo-batch.ts'
import { restoreTask } from '../restore-task.ts'
import { updateTask } from '../update-task.ts'

type Step = {
  do: 'complete' | 'reopen' | 'edit' | 'postpone' | 'repeat' | 'delete' | 'restore' | 'undo'
  which: number
}

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom(
    ...([
      'complete',
      'complete',
      'reopen',
      'edit',
      'postpone',
      'repeat',
      'delete',
      'restore',
      'undo',
      'undo',
    ] as const),
  ),
  which: fc.nat(5),
})

const started = Date.now()
let seconds = 0
const tick = () => new Date(started + ++seconds * 1000)

async function perform(actor: Actor, { do: verb, which }: Step): Promise<void> {
  const now = tick()
  const tasks = await db().task.findMany({ select: { id: true }, orderBy: { id: 'desc' } })
  const id = tasks[which % tasks.length]!.id
  const update = (changes: Parameters<typeof updateTask>[2]['changes']) =>
    updateTask(actor, id, { changes, now })
  if (verb === 'complete') await update({ isCompleted: true })
  if (verb === 'reopen') await update({ isCompleted: false })
  if (verb === 'edit') await update({ title: `title ${which}` })
  if (verb === 'postpone') await update({ dueOn: `2027-02-0${which + 1}` })
  if (verb === 'repeat')
    await update({ repeat: which % 3 === 0 ? null : { rule: 'FREQ=MONTHLY', from: 'due' } })
  if (verb === 'delete') await deleteTask(actor, id, { now })
  if (verb === 'restore') await restoreTask(actor, id, { now })
  if (verb === 'undo') {
    const { changes } = await listChanges(actor, { limit: 200 })
    await undoBatch(actor, changes.at(-1 - which)?.batchId ?? '', { now })
  }
}

test('whatever several sessions do in parallel, a series has one open task at most, and the counter is right', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { maxLength: 8 }), { minLength: 1, maxLength: 3 }),
      async (sessions) => {
        await emptyTables()
        const actor = await createActor()
        await makeTask(actor, {
          title: 'Rent',
          dueOn: '2027-01-31',
          repeat: { rule: 'FREQ=MONTHLY', from: 'due' },
        })
        await Promise.all(
          sessions.map(async (steps) => {
            for (const one of steps) await perform(actor, one)
          }),
        )
        const open = await db().task.findMany({ where: { completedAt: null, deletedAt: null } })
        const series = open.flatMap(({ seriesId }) => seriesId ?? [])
        expect(new Set(series).size).toBe(series.length)
        expect((await db().taskCounter.findFirst())?.openTasks).toBe(open.length)
      },
    ),
    { numRuns: 60 },
  )
})

test('however a task is completed, reopened, undone and redone, no day of its series is open twice', async () => {
  const step = fc.record({
    do: fc.constantFrom(...(['complete', 'reopen', 'undo', 'undo'] as const)),
    which: fc.nat(3),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 10 }), async (steps) => {
      await emptyTables()
      const actor = await createActor()
      await makeTask(actor, { title: 'Rent', repeat: { rule: 'FREQ=DAILY', from: 'due' } })
      for (const one of steps) {
        await perform(actor, one)
        const open = await db().task.findMany({ where: { completedAt: null, deletedAt: null } })
        expect(new Set(open.map(({ dueOn }) => dueOn?.getTime())).size).toBe(open.length)
      }
    }),
    { numRuns: 100 },
  )
})
