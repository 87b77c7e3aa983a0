import { getEventListeners } from 'node:events'
import { expect, test } from 'vitest'
import { db } from './client.ts'
import { listen } from './listen.ts'

const CHANNEL = 'taskward_test'

function notify() {
  return db().$executeRaw`SELECT pg_notify(${CHANNEL}, '')`
}

async function listeners(): Promise<number> {
  return db().$queryRaw<[{ count: number }]>`
    SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND query LIKE 'LISTEN%'`.then(([{ count }]) => count)
}

test('reports notifications, also after its connection was lost, until it is ended', async () => {
  let count = 0
  const end = new AbortController()
  const listening = listen(CHANNEL, { onNotification: () => count++, signal: end.signal })
  // One for the beginning.
  await expect.poll(() => count).toBe(1)
  await notify()
  await expect.poll(() => count).toBe(2)

  await db().$queryRaw`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND query LIKE 'LISTEN%'`
  await expect.poll(() => count).toBe(3)
  await notify()
  await expect.poll(() => count).toBe(4)

  expect(await listeners()).toBe(1)
  expect(getEventListeners(end.signal, 'abort')).toHaveLength(1)
  end.abort()
  await listening
  await expect.poll(listeners).toBe(0)
})
