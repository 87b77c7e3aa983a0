import { beforeEach, expect, test } from 'vitest'
import { db } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createActor } from '#lib/testing/factories.ts'
import { streamAllEvents } from './stream-all-events.ts'

beforeEach(emptyTables)

test('streams all matching events once, newest first, page by page', async () => {
  const [ada, eve] = [await createActor(), await createActor()]
  for (const { userId } of [ada, eve]) {
    await db().$executeRaw`
      INSERT INTO auth_events (id, event_type, success, user_id, created_at)
      SELECT gen_random_uuid(), CASE WHEN number % 2 = 0 THEN 'login' ELSE 'logout' END, true, ${userId}::uuid, now()
      FROM generate_series(1, 5000) AS number`
  }
  const where = { userId: ada.userId, eventType: 'login' }
  const expected = await db().authEvent.findMany({ where, orderBy: { id: 'desc' }, select: { id: true } })
  const pages: string[][] = []
  for await (const page of streamAllEvents(ada, { types: ['login'] })) pages.push(page.map(({ id }) => id))
  expect(pages.flat()).toEqual(expected.map(({ id }) => id))
  expect(pages).toHaveLength(3)
})
