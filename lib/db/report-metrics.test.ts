import { expect, test } from 'vitest'
import { metrics } from '#lib/metrics.ts'
import { closeDb, db } from './client.ts'
import { reportDatabase } from './report-metrics.ts'
import { databaseState } from './state.ts'

async function connections(): Promise<Record<string, number>> {
  const text = await metrics().registry.metrics()
  const lines = text.matchAll(/^taskward_database_pool_connections\{state="(\w+)"\} (\d+)$/gm)
  return Object.fromEntries([...lines].map(([, state, count]) => [state, Number(count)]))
}

test('counts the requests that wait for a full pool', async () => {
  reportDatabase()
  await db().$queryRaw`SELECT 1`
  expect(await connections()).toEqual({ total: 1, idle: 1, waiting: 0 })
  const queries = Array.from({ length: 13 }, () => db().$queryRaw`SELECT pg_sleep(0.5)::text`.then(String))
  await expect.poll(connections).toEqual({ total: 10, idle: 0, waiting: 3 })
  await Promise.all(queries)
})

test('counts no connections without a client, and opens none', async () => {
  reportDatabase()
  await closeDb()
  expect(await connections()).toEqual({ total: 0, idle: 0, waiting: 0 })
})

test('reports an outage as 0', async () => {
  reportDatabase()
  for (const [health, up] of [
    ['ok', 1],
    ['unreachable', 0],
    ['read-only', 0],
    ['disk full', 0],
  ] as const) {
    databaseState().health = health
    expect(await metrics().registry.metrics()).toContain(`taskward_database_up ${up}\n`)
  }
})
