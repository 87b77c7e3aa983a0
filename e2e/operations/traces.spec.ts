import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { PASSWORD } from '../support/accounts.ts'
import { type Account, call, logIn, signUp } from '../support/api.ts'
import { type Span, startCollector } from '../support/collector.ts'
import { logLines } from '../support/log-lines.ts'
import { HIGH_LIMITS } from '../support/run.ts'
import { startServer } from '../support/server.ts'
import { expect, test } from '../support/test.ts'

const CANARY = 'hunter22-canary'
/** Between requests, which would otherwise occupy a core until the server warns. */
const PAUSE_MS = 25

test('exports one trace per request, with its route, hashing, statements and id, and without any input', async () => {
  const collector = await startCollector()
  const server = await startServer({ ...HIGH_LIMITS, OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint })
  let account: Account
  let pageId: string | null
  let logInId: string | null
  try {
    account = await signUp({ server: server.url })
    const login = await logIn(account.email, PASSWORD, { server: server.url })
    logInId = login.headers.get('x-request-id')
    const page = await call(`/tasks?filter=${CANARY}&token=${account.token}`, {
      server: server.url,
      cookie: `taskward.access=${account.token}; taskward.device=${CANARY}`,
      headers: {
        'user-agent': CANARY,
        tracestate: `vendor=${CANARY}`,
        baggage: `k=${CANARY}`,
        traceparent: '00-11111111111111111111111111111111-2222222222222222-00',
      },
    })
    pageId = page.headers.get('x-request-id')
    await call(`/reset/${account.refreshToken}`, { server: server.url })
  } finally {
    // The server exports the remaining spans before the process ends.
    await server.stop()
    collector.close()
  }
  expect(new Set(collector.services())).toEqual(new Set(['taskward']))
  const traceOf = (requestId: string | null): Span[] => {
    const { traceId } = collector.spans().find((span) => span.attributes.request_id === requestId) ?? {}
    return collector.spans().filter((span) => span.traceId === traceId)
  }
  const logInTrace = traceOf(logInId)
  const names = logInTrace.map(({ name }) => name)
  expect(names).toContain('POST /api/auth/login')
  expect(names.filter((name) => name === 'password hashing')).toHaveLength(1)
  expect(names.filter((name) => name === 'database').length).toBeGreaterThan(3)
  const parents = new Set(logInTrace.map(({ spanId }) => spanId))
  for (const span of logInTrace.filter(({ name }) => /database|password/.test(name))) {
    expect(parents).toContain(span.parentSpanId)
  }
  const pageTrace = traceOf(pageId)
  expect(pageTrace.map(({ name }) => name)).toContain('GET /tasks')
  // The server joins the trace of the client, even where the client asks not to sample it.
  expect(pageTrace[0]?.traceId).toBe('1'.repeat(32))

  const { email, token, refreshToken } = account
  for (const secret of [CANARY, PASSWORD, email, token, refreshToken]) {
    expect(collector.text()).not.toContain(secret)
  }
  expect(collector.text()).not.toContain('filter=')
})

for (const [what, behave] of [
  ['refuses', (socket: Socket) => socket.destroy()],
  ['never answers', () => {}],
] as const) {
  test(`a collector that ${what} slows no request and causes one log line`, async () => {
    const blackHole = createServer(behave)
    await once(blackHole.listen(0, '127.0.0.1'), 'listening')
    const address = blackHole.address()
    const port = address && typeof address === 'object' ? address.port : 0
    const server = await startServer({
      ...HIGH_LIMITS,
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}`,
    })
    try {
      const { token } = await signUp({ server: server.url })
      const deadline = Date.now() + 12_000
      const times: number[] = []
      const warnings = () => logLines(server).filter(({ job }) => job === 'tracing')
      // The server exports a batch every five seconds and gives up on its response after five more.
      while (warnings().length === 0 && Date.now() < deadline) {
        const startedAt = performance.now()
        expect((await call('/api/me/tasks', { server: server.url, token })).status).toBe(200)
        times.push(performance.now() - startedAt)
        await sleep(PAUSE_MS)
      }
      expect(warnings()).toHaveLength(1)
      // A request that waited for the collector would take five seconds.
      expect(Math.max(...times)).toBeLessThan(4000)
      expect(server.output()).not.toMatch(/ECONNRE|^\s+at /m)
    } finally {
      const startedAt = performance.now()
      await server.stop()
      expect(performance.now() - startedAt).toBeLessThan(8000)
      blackHole.close()
    }
  })
}
