import fc from 'fast-check'
import pg from 'pg'
import { beforeEach, expect, test } from 'vitest'
import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor, makeTask } from '#lib/testing/factories.ts'
import { rowsTouched } from '#lib/testing/rows-touched.ts'
import { daysBefore } from '#lib/time.ts'
import { createQuickTasks } from '../create-quick-tasks.ts'
import { KEPT_DAYS } from '../purge-deleted-tasks.ts'
import { getBatch, listBatches } from './list-batches.ts'
import { listChanges } from './list-changes.ts'
import { undoBatch } from './undo-batch.ts'

const NOW = new Date()
let ada: Actor

beforeEach(async () => {
  await emptyTables()
  ada = await createActor()
})

const keptSeqs = async () => (await listChanges(ada, {})).changes.map(({ seq }) => seq)

/** As a request would that makes this number of tasks. */
async function addBatch(size: number): Promise<void> {
  await db().$executeRaw`
    WITH counted AS (
      INSERT INTO task_counters (user_id, seq, open_tasks) VALUES (${ada.userId}::uuid, ${size}::int, 0)
      ON CONFLICT (user_id) DO UPDATE SET seq = task_counters.seq + EXCLUDED.seq RETURNING seq
    ) INSERT INTO changes (user_id, seq, batch_id, kind, task_id, after, created_at)
      SELECT ${ada.userId}::uuid, counted.seq - n, batch.id, 'created', gen_random_uuid(), '{}', ${NOW}::timestamptz
      FROM counted, (SELECT gen_random_uuid() AS id) AS batch, generate_series(0, ${size}::int - 1) AS n`
}

type KeptBatch = { size: number; first: number; last: number }

function keptBatches(): Promise<KeptBatch[]> {
  return db().$queryRaw`
    SELECT count(*)::int AS size, min(seq)::int AS first, max(seq)::int AS last FROM changes
    GROUP BY batch_id ORDER BY first`
}

test('keeps the latest 10,000 changes', async () => {
  await makeTask(ada, { title: 'one' })
  await makeTask(ada, { title: 'two' })
  await db().taskCounter.updateMany({ data: { seq: 10_001 } })
  await makeTask(ada, { title: 'three' })
  expect(await keptSeqs()).toEqual([2, 10_002])
})

test.each([
  [10_001, [1, 2, 3, 10_002]],
  [10_002, [3, 10_003]],
])('after %i changes keeps the oldest batch whole', async (seq, kept) => {
  await createQuickTasks(ada, { lines: ['one', 'two'] }, { today: '2026-11-29', now: NOW })
  await makeTask(ada, { title: 'three' })
  await db().taskCounter.updateMany({ data: { seq } })
  await makeTask(ada, { title: 'four' })
  expect(await keptSeqs()).toEqual(kept)
})

test('of batches of any sizes keeps the latest 10,000 changes and the rest of their oldest batch, and cuts none', async () => {
  const sizes = fc.array(fc.constantFrom(1, 3, 4_999, 9_999, 20_000), { minLength: 3, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(sizes, async (sizes) => {
      await emptyTables()
      ada = await createActor()
      const made: KeptBatch[] = []
      let last = 0
      for (const size of sizes) {
        await addBatch(size)
        made.push({ size, first: last + 1, last: last + size })
        const border = last + size - 10_000
        await makeTask(ada, { title: 'next' })
        last += size + 1
        made.push({ size: 1, first: last, last })
        expect(await keptBatches()).toEqual(made.filter((batch) => batch.last > border))
      }
    }),
    { numRuns: 4 },
  )
})

test('next to a kept batch of 20,000 changes, a write reads few rows', async () => {
  await addBatch(20_000)
  await db().$executeRaw`ANALYZE`
  const sql = new pg.Client({ connectionString: process.env.DATABASE_URL })
  await sql.connect()
  const before = await rowsTouched(sql)
  await makeTask(ada, { title: 'next' })
  expect((await rowsTouched(sql)) - before).toBeLessThan(60)
  await sql.end()
})

test('a batch that is older than 30 days is gone, also while housekeeping has deleted only a part', async () => {
  await makeTask(ada, { title: 'old' })
  const { batches } = await listBatches(ada, { now: NOW })
  const batchId = batches[0]!.batchId
  await db().change.updateMany({ data: { createdAt: daysBefore(NOW, KEPT_DAYS) } })
  expect(await getBatch(ada, batchId, { now: NOW })).not.toBeNull()
  const later = { now: new Date(NOW.getTime() + 1) }
  expect(await getBatch(ada, batchId, later)).toBeNull()
  expect(await listBatches(ada, later)).toEqual({ batches: [], next: null })
  expect(await undoBatch(ada, batchId, later)).toEqual({ ok: false, error: { code: 'BATCH_NOT_FOUND' } })
})
