import { afterEach, expect, test } from 'vitest'
import { nodeEnv } from '#lib/env/node.ts'
import { serveMetrics } from './serve-metrics.ts'

const TOKEN = 'a-token-of-prometheus'

afterEach(() => {
  nodeEnv().metricsToken = null
})

const ask = (authorization?: string) => serveMetrics(new Headers(authorization ? { authorization } : {}))

test('serves Prometheus’ text format to the bearer of the token', async () => {
  nodeEnv().metricsToken = TOKEN
  for (const authorization of [`Bearer ${TOKEN}`, `bearer  ${TOKEN}`]) {
    expect(await ask(authorization)).toMatchObject({
      ok: true,
      value: {
        status: 200,
        body: expect.stringContaining('# TYPE taskward_http_requests_total counter'),
        headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' },
      },
    })
  }
})

test.each([
  undefined,
  '',
  'Bearer',
  'Bearer ',
  TOKEN,
  `Basic ${TOKEN}`,
  `Bearer ${TOKEN}x`,
  `Bearer ${TOKEN} x`,
])('there is nothing for %j', async (authorization) => {
  nodeEnv().metricsToken = TOKEN
  expect(await ask(authorization)).toEqual({ ok: false, error: { code: 'NOT_FOUND' } })
})

test('answers 404 to every caller while no token is set', async () => {
  for (const authorization of [undefined, 'Bearer ', 'Bearer null', 'Bearer undefined', `Bearer ${TOKEN}`]) {
    expect(await ask(authorization)).toEqual({ ok: false, error: { code: 'NOT_FOUND' } })
  }
})
