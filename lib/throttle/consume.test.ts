import { PrismaPg } from '@prisma/adapter-pg'
import { afterAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { databaseUrl, db } from '#lib/db/client.ts'
import { PrismaClient } from '#lib/db/generated/client.ts'
import { setTimesWithoutLimits } from '#lib/db/session-settings.ts'
import { metrics } from '#lib/metrics.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { secondsLater } from '#lib/time.ts'
import type { Bucket } from './bucket.ts'
import { checkBuckets, consume, giveBack, type Point } from './consume.ts'

const START = new Date('2026-11-20T12:00:00.000Z')

beforeEach(emptyTables)

function limited(key: string, count: number, seconds = 60): Bucket {
  return { name: 'login.pair', key, limit: { count, seconds } }
}

function take(buckets: Bucket[], databaseNow = START) {
  return db().$transaction((tx) => consume(tx, buckets, { databaseNow }))
}

async function refusals(): Promise<Record<string, number>> {
  const { values } = await metrics().throttleHits.get()
  return Object.fromEntries(values.map(({ labels, value }) => [String(labels.limit), value]))
}

/** Includes the system columns that every write changes, even one that is rolled back. */
function allRows(): Promise<unknown[]> {
  return db().$queryRaw`SELECT ctid::text, xmin::text, xmax::text, * FROM throttle_buckets ORDER BY key`
}

async function taken(key: string): Promise<number | undefined> {
  return (await db().throttleBucket.findUnique({ where: { key } }))?.taken
}

describe('taking points', () => {
  test('succeeds as often as the limit allows, then fails with the wait until the window ends', async () => {
    const bucket = limited('a', 2)
    expect(await take([bucket])).toEqual({ ok: true, value: [{ key: 'a', windowStartedAt: START }] })
    expect(await take([bucket], secondsLater(START, 20))).toMatchObject({ ok: true })
    expect(await take([bucket], secondsLater(START, 20.5))).toEqual({
      ok: false,
      error: {
        code: 'RATE_LIMITED',
        bucket,
        windowStartedAt: START,
        retryAfterSeconds: 40,
        reported: false,
      },
    })
  })

  test('counts each refusal in the metrics under the limit that refused', async () => {
    const roomy: Bucket = { name: 'login.account', key: 'roomy', limit: { count: 9, seconds: 60 } }
    const before = await refusals()
    for (let i = 0; i < 3; i++) await take([limited('counted', 1), roomy])
    expect(await refusals()).toEqual({ ...before, 'login.pair': (before['login.pair'] ?? 0) + 2 })
  })

  test('starts a new window when the old one has ended', async () => {
    const bucket = limited('a', 1)
    await take([bucket])
    const next = secondsLater(START, 60)
    expect(await take([bucket], secondsLater(START, 59.999))).toMatchObject({
      error: { retryAfterSeconds: 1 },
    })
    expect(await take([bucket], next)).toEqual({ ok: true, value: [{ key: 'a', windowStartedAt: next }] })
    expect(await take([bucket], next)).toMatchObject({ error: { retryAfterSeconds: 60 } })
  })

  test.each([
    ['that starts an hour in the future, because a clock was wrong', 3600, 3660],
    ['of a limit that has been shortened', -100, 3500],
    ['that starts in a moment and is too long', 0.001, 7200],
  ])('treats a full window %s as ended', async (_, startsIn, endsIn) => {
    const bucket = limited('a', 2)
    const [windowStartedAt, expiresAt] = [secondsLater(START, startsIn), secondsLater(START, endsIn)]
    const data = { key: 'a', windowStartedAt, expiresAt, taken: 2, reported: true }
    await db().throttleBucket.create({ data })
    expect(await checkBuckets(db(), [bucket], { databaseNow: START })).toEqual({ ok: true, value: null })
    expect(await take([bucket])).toEqual({ ok: true, value: [{ key: 'a', windowStartedAt: START }] })
    expect(await take([bucket])).toMatchObject({ ok: true })
    expect(await take([bucket], secondsLater(START, 1))).toMatchObject({
      error: { retryAfterSeconds: 59, reported: false },
    })
    expect(await taken('a')).toBe(2)
  })

  test('never asks for a longer wait than the limit', async () => {
    const bucket = limited('a', 1)
    const window = { windowStartedAt: secondsLater(START, -1), expiresAt: secondsLater(START, 3600) }
    await db().throttleBucket.create({ data: { key: 'a', ...window, taken: 1 } })
    expect(await take([bucket])).toMatchObject({ error: { retryAfterSeconds: 59 } })
  })

  test('uses the database’s clock, so that processes with different clocks share a window', async () => {
    const bucket = limited('a', 2)
    const { value } = (await db().$transaction((tx) => consume(tx, [bucket]))) as { value: Point[] }
    const [row] = await db().$queryRaw<{ age: number }[]>`
      SELECT extract(epoch FROM clock_timestamp() - window_started_at)::float AS age FROM throttle_buckets`
    expect(row?.age).toBeGreaterThanOrEqual(-0.001)
    expect(row?.age).toBeLessThan(5)
    onTestFinished(() => void vi.useRealTimers())
    vi.setSystemTime(secondsLater(new Date(), 3600))
    expect(await db().$transaction((tx) => consume(tx, [bucket]))).toEqual({ ok: true, value })
  })

  test('refused attempts neither count nor extend the wait', async () => {
    const bucket = limited('a', 1)
    await take([bucket])
    for (let i = 1; i <= 5; i++) await take([bucket], secondsLater(START, i))
    expect(await taken('a')).toBe(1)
    expect(await take([bucket], secondsLater(START, 60))).toMatchObject({ ok: true })
  })

  test('one full bucket refuses the attempt, and the other buckets keep their points', async () => {
    await take([limited('b', 1)])
    expect(await take([limited('a', 5), limited('b', 1), limited('c', 5)])).toMatchObject({ ok: false })
    expect([await taken('a'), await taken('b'), await taken('c')]).toEqual([undefined, 1, undefined])
  })

  test('a refused attempt writes nothing to the table', async () => {
    await take([limited('full', 1), limited('shared', 9)])
    const before = await allRows()
    for (let i = 0; i < 5; i++) await take([limited('full', 1), limited('shared', 9), limited(`new ${i}`, 5)])
    expect(await allRows()).toEqual(before)
  })

  test('a check returns the same result without taking a point', async () => {
    await take([limited('a', 2)])
    const roomy = [limited('a', 2), limited('new', 1)]
    expect(await checkBuckets(db(), roomy, { databaseNow: START })).toEqual({ ok: true, value: null })
    await take([limited('a', 2)])
    const before = await allRows()
    const refused = await take([limited('a', 2)])
    expect(refused.ok).toBe(false)
    expect(await checkBuckets(db(), [limited('a', 2)], { databaseNow: START })).toEqual(refused)
    expect(await allRows()).toEqual(before)
  })

  test('several full buckets: returns the longest wait', async () => {
    const [short, long] = [limited('a', 1, 60), limited('b', 1, 3600)]
    await take([long, short])
    expect(await take([short, long], secondsLater(START, 10))).toMatchObject({
      error: { bucket: long, retryAfterSeconds: 3590 },
    })
  })
})

describe('giving points back', () => {
  test('returns a point to the window it was taken in', async () => {
    const bucket = limited('a', 2)
    await take([bucket])
    const second = await take([bucket])
    if (second.ok) await giveBack(db(), second.value)
    expect(await taken('a')).toBe(1)
  })

  test('ignores a point of an earlier window', async () => {
    const bucket = limited('a', 2)
    const old = await take([bucket])
    await take([bucket], secondsLater(START, 61))
    if (old.ok) await giveBack(db(), old.value)
    expect(await taken('a')).toBe(1)
  })

  test('never goes below zero, however often it is tried', async () => {
    const point = await take([limited('a', 2)])
    if (point.ok) await Promise.all([1, 2, 3, 4].map(() => giveBack(db(), point.value)))
    expect(await taken('a')).toBe(0)
  })
})

describe('parallel attempts of two processes', () => {
  const clients = [1, 2].map(
    () =>
      new PrismaClient({
        adapter: new PrismaPg({ connectionString: databaseUrl()!, max: 4, onConnect: setTimesWithoutLimits }),
      }),
  )
  afterAll(() => Promise.all(clients.map((client) => client.$disconnect())))

  /** Runs `count` parallel attempts, spread over both processes. */
  function race(count: number, buckets: (attempt: number) => Bucket[]) {
    return Promise.all(
      Array.from({ length: count }, (_, i) =>
        clients[i % 2]!.$transaction((tx) => consume(tx, buckets(i), { databaseNow: START }), {
          maxWait: 15_000,
        }),
      ),
    )
  }

  test('100 attempts: exactly as many succeed as the limit allows', async () => {
    const results = await race(100, () => [limited('a', 7)])
    expect(results.filter(({ ok }) => ok)).toHaveLength(7)
    expect(await taken('a')).toBe(7)
  })

  test('a window that started after an attempt’s transaction counts for that attempt', async () => {
    await clients[0]!.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT pg_sleep(0.01)`
      expect(await clients[1]!.$transaction((other) => consume(other, [limited('a', 1)]))).toMatchObject({
        ok: true,
      })
      expect(await consume(tx, [limited('a', 1)])).toMatchObject({ ok: false })
      await tx.throttleBucket.update({ where: { key: 'a' }, data: { taken: 0 } })
      expect(await consume(tx, [limited('a', 1)])).toMatchObject({ ok: true })
      expect(await consume(tx, [limited('a', 1)])).toMatchObject({ ok: false })
    })
  })

  test('attempts that share buckets in any order do not deadlock, and take all points or none', async () => {
    const buckets = [limited('a', 50), limited('b', 9), limited('c', 50)]
    const results = await race(60, (i) => (i % 3 === 0 ? buckets : buckets.toReversed()))
    expect(results.filter(({ ok }) => ok)).toHaveLength(9)
    expect([await taken('a'), await taken('b'), await taken('c')]).toEqual([9, 9, 9])
  })

  test('refused attempts leave no rows of their own buckets', async () => {
    const results = await race(60, (i) => [limited('shared', 5), limited(`own ${i}`, 5)])
    expect(results.filter(({ ok }) => ok)).toHaveLength(5)
    expect(await db().throttleBucket.count()).toBe(6)
  })

  test('a window that ends during parallel attempts restarts once', async () => {
    await take([limited('a', 5)], secondsLater(START, -60))
    const results = await race(40, () => [limited('a', 5)])
    expect(results.filter(({ ok }) => ok)).toHaveLength(5)
    expect(await taken('a')).toBe(5)
  })
})
