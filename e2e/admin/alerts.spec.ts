import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { expect, test } from '@playwright/test'
import { answerStatus, type Received, type Receiver, startReceiver } from '#lib/testing/receiver.ts'
import { PASSWORD } from '../support/accounts.ts'
import { expectApiAnswer, logIn, signUp } from '../support/api.ts'
import { type RunningServer, startServer } from '../support/server.ts'
import { query } from '../support/sql.ts'

// One test at a time: every server with a webhook delivers all due alerts of the run's database.
test.describe.configure({ mode: 'default' })

const SECRET = randomBytes(32).toString('base64url')
let receiver: Receiver

test.beforeAll(async () => {
  receiver = await startReceiver()
})

test.afterAll(() => receiver?.stop())

test.afterEach(async () => {
  receiver.received.length = 0
  await query('DELETE FROM alerts')
})

function start(settings: Record<string, string> = {}): Promise<RunningServer> {
  return startServer({
    ALERT_WEBHOOK_URL: `http://user:hunter2@localhost:${receiver.url.port}/hook?token=hunter2`,
    ALERT_WEBHOOK_SECRET: SECRET,
    ALERT_WEBHOOK_ALLOW_PRIVATE: 'true',
    // Keeps this server from opening findings for what other tests do in the run's database.
    WATCH_INTERVAL_SECONDS: '300',
    ...settings,
  })
}

/** Inserts a finding with due alerts. @returns the ids of the alerts */
async function insertAlerts(count: number): Promise<string[]> {
  const finding = randomUUID()
  await query(
    `INSERT INTO findings (id, pattern, subject, confidence, first_seen_at, last_seen_at, count, details)
     VALUES ($1, 'account_failures', 'ann', 'high', now(), now(), 20, '{}')`,
    [finding],
  )
  const ids = Array.from({ length: count }, () => randomUUID())
  await query(
    `INSERT INTO alerts (id, finding_id, body, next_attempt_at)
     SELECT unnest($1::uuid[]), $2::uuid, '{"type": "finding.opened"}', now()`,
    [ids, finding],
  )
  return ids
}

/** Whether a receiver accepts the signature (Standard Webhooks, https://www.standardwebhooks.com/). */
function isSigned({ headers, body }: Received): boolean {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  return headers['webhook-signature'] === `v1,${createHmac('sha256', SECRET).update(signed).digest('base64')}`
}

function undelivered(): Promise<object[]> {
  return query('SELECT id FROM alerts WHERE delivered_at IS NULL')
}

// These servers stop before the last test: they would deliver its alert.
test.describe('with a webhook', () => {
  let servers: RunningServer[] = []

  test.beforeAll(async () => {
    servers = await Promise.all([start(), start()])
  })

  test.afterAll(() => Promise.all(servers.map((server) => server.stop())))

  test('two servers deliver 60 due alerts once each, signed', async () => {
    const ids = await insertAlerts(60)
    await expect.poll(undelivered, { timeout: 60_000 }).toEqual([])
    expect(receiver.received.map(({ headers }) => headers['webhook-id']).sort()).toEqual(ids.sort())
    expect(receiver.received.every(isSigned)).toBe(true)
  })

  test('a webhook receiver that hangs delays no log-in, and its alerts are delivered later', async () => {
    const { email } = await signUp()
    receiver.answer = () => {}
    await insertAlerts(20)
    await expect.poll(() => receiver.received.length).toBe(20)
    for (const { url } of servers) expectApiAnswer(await logIn(email, PASSWORD, { server: url }), 200)
    const failed = () => query(`SELECT id FROM alerts WHERE last_error = 'no answer within 5 s'`)
    await expect.poll(async () => (await failed()).length).toBe(20)
    receiver.answer = answerStatus(204)
    await expect.poll(undelivered, { timeout: 60_000 }).toEqual([])
  })
})

test('a webhook at a private address is refused and logged without its URL or secret', async () => {
  const server = await start({ ALERT_WEBHOOK_ALLOW_PRIVATE: '' })
  try {
    const [id = ''] = await insertAlerts(1)
    await expect.poll(server.output).toContain(id)
    expect(await query('SELECT attempts, last_error FROM alerts')).toEqual([
      { attempts: 1, last_error: 'private address refused' },
    ])
    expect(receiver.received).toEqual([])
    expect(server.output()).toContain('private address refused')
    for (const secret of ['hunter2', SECRET]) expect(server.output()).not.toContain(secret)
  } finally {
    await server.stop()
  }
})
