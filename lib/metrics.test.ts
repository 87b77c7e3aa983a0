import { readFileSync } from 'node:fs'
import { expect, test, vi } from 'vitest'
import { gauge, metrics, watchProcess } from '#lib/metrics.ts'

test('reads a gauge when the metrics are collected, from the function set last', async () => {
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

test('reports zero or nothing, but no error, before the first value', async () => {
  const text = await metrics().registry.metrics()
  expect(text).toContain('taskward_password_workers_busy 0\n')
  expect(text).toMatch(/# TYPE taskward_http_requests_total counter\n/)
})

test('counts into the same series from a second copy of the module', async () => {
  metrics().throttleHits.inc({ limit: 'login.pair' })
  vi.resetModules()
  const copy = await import('#lib/metrics.ts')
  expect(copy.metrics).not.toBe(metrics)
  copy.metrics().throttleHits.inc({ limit: 'login.pair' })
  expect(await metrics().registry.metrics()).toContain('taskward_throttle_hits_total{limit="login.pair"} 2\n')
})

function labelsOf(name: string): string[] | undefined {
  const { registry } = metrics()
  const found = registry.getSingleMetric(name) ?? registry.getSingleMetric(name.replace(/_bucket$/, ''))
  return found && (found as unknown as { labelNames: string[] }).labelNames
}

test('the alerting rules name series and labels that are there', () => {
  watchProcess()
  const rules = readFileSync('docs/operations/alerts.rules.yml', 'utf8')
  const expressions = rules.replace(/^ +annotations:\n(?: {10,}.*\n)+|^ *#.*\n/gm, '')
  const series = [...expressions.matchAll(/\b((?:taskward|nodejs|process)_\w+)(?:\{(.*?)\})?/g)]
  expect(series.length).toBeGreaterThan(10)
  for (const [text, name = '', matchers = ''] of series) {
    const labels = [...matchers.replace('job="taskward"', '').matchAll(/(\w+)=/g)].map(([, label]) => label)
    expect(labelsOf(name), text).toEqual(expect.arrayContaining(labels))
  }
})

test('uses no label name that Prometheus sets itself', () => {
  for (const { name } of metrics().registry.getMetricsAsArray()) {
    expect(labelsOf(name), name).not.toContain('job')
    expect(labelsOf(name), name).not.toContain('instance')
  }
})
