import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { call, signUp } from '../support/api.ts'
import { getStatus, getStatuses } from '../support/connections.ts'
import { HIGH_LIMITS } from '../support/run.ts'
import { type RunningServer, startServer } from '../support/server.ts'

// One server of two processes.
test.describe.configure({ mode: 'serial' })
test.skip(process.platform !== 'linux', 'The tests find the processes in /proc.')

const METRICS_TOKEN = randomBytes(32).toString('base64url')
const PROCESSES = 2

let server: RunningServer

test.beforeAll(async () => {
  server = await startServer({ ...HIGH_LIMITS, METRICS_TOKEN, WEB_CONCURRENCY: String(PROCESSES) })
  await expect.poll(() => processes().filter(isListening).length).toBe(PROCESSES)
})
test.afterAll(() => server?.stop())

/** The server processes, children of the primary process. */
function processes(): number[] {
  const children = readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8')
  return children.trim().split(' ').map(Number)
}

async function metric(series: string): Promise<number> {
  const { text } = await call('/api/metrics', { server: server.url, token: METRICS_TOKEN })
  const line = text.split('\n').find((one) => one.startsWith(`${series} `))
  return Number(line?.slice(series.length + 1) ?? 0)
}

/** A process is named so as soon as it accepts connections. */
function isListening(pid: number): boolean {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('next-server')
}

test('every process serves a session, and refuses it after its log-out', async () => {
  const account = await signUp({ server: server.url })
  const me = `${server.url}/api/auth/me`
  expect(await getStatuses(30, me, account.token)).toEqual(Array(30).fill(200))
  await call('/api/auth/logout', { method: 'POST', server: server.url, token: account.token })
  expect(await getStatuses(30, me, account.token)).toEqual(Array(30).fill(401))
})

test('metrics are those of all processes', async () => {
  const series = 'taskward_http_requests_total{surface="page",route="/robots.txt",method="GET",status="200"}'
  await getStatuses(40, `${server.url}/robots.txt`)
  expect(await metric(series)).toBe(40)
  expect(await metric('taskward_database_up')).toBe(1)
})

test('while a killed process restarts, every request is answered', async () => {
  const [first = 0, other = 0] = processes()
  process.kill(first, 'SIGKILL')
  const statuses: unknown[] = []
  while (processes().length < PROCESSES || !processes().every(isListening) || statuses.length < 20)
    statuses.push(await getStatus(`${server.url}/robots.txt`))
  expect(new Set(statuses)).toEqual(new Set([200]))
  expect(processes()).toContain(other)
  expect(processes()).not.toContain(first)
  expect(server.output()).toContain('"job":"processes"')
})

test('SIGTERM ends all processes in order', async () => {
  const all = [server.pid, ...processes()]
  const last = getStatuses(10, `${server.url}/login`)
  await server.stop()
  // A connection that no process has accepted when the listener closes is refused or reset.
  for (const status of await last) expect([200, 'ECONNREFUSED', 'ECONNRESET']).toContain(status)
  for (const pid of all) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
})
