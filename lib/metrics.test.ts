import { expect, test, vi } from 'vitest'
import { gauge, metrics } from './metrics'

test('a gauge is asked when somebody looks, and the last one to speak for it is', async () => {
  let waiting = 1
  gauge('taskward_password_queue_length', () => waiting)
  gauge('taskward_database_pool_connections', () => ({ idle: 7 }))
  gauge('taskward_database_pool_connections', () => ({ idle: 2, total: 3 }))
  waiting = 5
  const text = await metrics().registry.metrics()
  expect(text).toContain('taskward_password_queue_length 5\n')
  expect(text).toContain('taskward_database_pool_connections{state="idle"} 2\n')
  expect(text).toContain('taskward_database_pool_connections{state="total"} 3\n')
})

test('of what nobody has asked yet there is a zero or nothing, and no error', async () => {
  const text = await metrics().registry.metrics()
  expect(text).toContain('taskward_password_workers_busy 0\n')
  expect(text).toMatch(/# TYPE taskward_http_requests_total counter\n/)
})

test('a second copy of the module, as every bundle has one, counts into the same series', async () => {
  metrics().throttleHits.inc({ limit: 'login.pair' })
  vi.resetModules()
  const copy = await import('./metrics')
  expect(copy.metrics).not.toBe(metrics)
  copy.metrics().throttleHits.inc({ limit: 'login.pair' })
  expect(await metrics().registry.metrics()).toContain('taskward_throttle_hits_total{limit="login.pair"} 2\n')
})
