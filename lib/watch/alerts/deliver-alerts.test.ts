import { createHmac, randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { logIn } from '#lib/auth/log-in.ts'
import { db } from '#lib/db/client.ts'
import { log } from '#lib/log.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createUser, makeSignIn, PASSWORD } from '#lib/testing/factories.ts'
import { answerStatus, type Received, type Receiver, startReceiver } from '#lib/testing/receiver.ts'
import { secondsLater } from '#lib/time.ts'
import { deliverAlerts } from './deliver-alerts.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const SECRET = randomBytes(32).toString('base64url')
const BODY = {
  type: 'finding.opened',
  finding: { subject: 'ann@example.org', details: { ü: [1, 2.5, null] } },
}
let receiver: Receiver

beforeEach(async () => {
  await emptyTables()
  receiver = await startReceiver()
})

afterEach(async () => {
  vi.restoreAllMocks()
  await receiver.stop()
})

function webhook(own: { url?: URL; allowsPrivate?: boolean } = {}) {
  return { url: receiver.url, secret: SECRET, allowsPrivate: true, ...own }
}

/** An alert that is due at a given time. */
async function write(nextAttemptAt: Date | null = NOW, own: { attempts?: number; deliveredAt?: Date } = {}) {
  const seen = { firstSeenAt: NOW, lastSeenAt: NOW, count: 1, confidence: 'high', details: {} }
  const finding = { create: { pattern: 'account_failures', subject: 'ann@example.org', ...seen } }
  return (await db().alert.create({ data: { finding, body: BODY, nextAttemptAt, ...own } })).id
}

function read(id: string) {
  const select = { attempts: true, nextAttemptAt: true, deliveredAt: true, lastError: true }
  return db().alert.findUniqueOrThrow({ where: { id }, select })
}

/** The receiver's side, from the specification alone. */
function isSigned({ headers, body }: Received): boolean {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  return headers['webhook-signature'] === `v1,${createHmac('sha256', SECRET).update(signed).digest('base64')}`
}

test('sends a due alert once, signed and dated, and marks it delivered', async () => {
  const id = await write()
  await deliverAlerts({ webhook: webhook(), now: NOW })
  await deliverAlerts({ webhook: webhook(), now: secondsLater(NOW, 3600) })
  expect(receiver.received).toHaveLength(1)
  const [got] = receiver.received
  expect(got && isSigned(got)).toBe(true)
  expect(got?.headers).toMatchObject({ 'webhook-id': id, 'webhook-timestamp': String(NOW.getTime() / 1000) })
  expect(JSON.parse(got?.body ?? '')).toEqual(BODY)
  expect(await read(id)).toEqual({ attempts: 1, nextAttemptAt: null, deliveredAt: NOW, lastError: null })
})

test('sends no alert that is not due, delivered or given up', async () => {
  await write(secondsLater(NOW, 1))
  await write(null, { deliveredAt: NOW })
  await write(null, { attempts: 10 })
  await deliverAlerts({ webhook: webhook(), now: NOW })
  expect(receiver.received).toEqual([])
})

test('sends nothing without a webhook', async () => {
  const id = await write()
  await deliverAlerts({ webhook: null, now: NOW })
  expect(await read(id)).toMatchObject({ attempts: 0, nextAttemptAt: NOW })
})

test('retries a failure at growing intervals, with the same id and body and a new date and signature', async () => {
  receiver.answer = answerStatus(500)
  const id = await write()
  const waits: number[] = []
  for (let now = NOW, attempt = 1; attempt <= 3; attempt++) {
    await deliverAlerts({ webhook: webhook(), now: now })
    const { attempts, nextAttemptAt, lastError } = await read(id)
    expect({ attempts, lastError }).toEqual({ attempts: attempt, lastError: 'answered 500' })
    const next = nextAttemptAt ?? now
    waits.push((next.getTime() - now.getTime()) / 1000)
    // A moment too early.
    await deliverAlerts({ webhook: webhook(), now: secondsLater(next, -0.001) })
    now = next
  }
  for (const [i, longest] of [10, 30, 90].entries()) {
    expect(waits[i]).toBeGreaterThanOrEqual(longest * 0.74)
    expect(waits[i]).toBeLessThanOrEqual(longest)
  }
  receiver.answer = answerStatus(204)
  await deliverAlerts({ webhook: webhook(), now: secondsLater(NOW, 3600) })
  expect(await read(id)).toMatchObject({ attempts: 4, nextAttemptAt: null, lastError: null })
  expect(receiver.received).toHaveLength(4)
  expect(receiver.received.every(isSigned)).toBe(true)
  const distinct = (name: string) => new Set(receiver.received.map(({ headers }) => headers[name])).size
  expect([distinct('webhook-id'), distinct('webhook-timestamp')]).toEqual([1, 4])
  expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1)
})

test('gives an alert up after the tenth failure and logs no secret', async () => {
  const error = vi.spyOn(log(), 'error')
  const warn = vi.spyOn(log(), 'warn')
  receiver.answer = answerStatus(503)
  const url = new URL(`http://user:hunter2@${receiver.url.host}/hook?token=hunter2`)
  const id = await write(NOW, { attempts: 8 })
  await deliverAlerts({ webhook: webhook({ url }), now: NOW })
  expect(warn).toHaveBeenCalledOnce()
  expect(error).not.toHaveBeenCalled()
  await deliverAlerts({ webhook: webhook({ url }), now: secondsLater(NOW, 86_400) })
  const given = { attempts: 10, nextAttemptAt: null, deliveredAt: null, lastError: 'answered 503' }
  expect(await read(id)).toEqual(given)
  expect(error).toHaveBeenCalledExactlyOnceWith(
    { job: 'alerts', alert_id: id, attempts: 10, error: 'answered 503' },
    expect.any(String),
  )
  const logged = JSON.stringify([...warn.mock.calls, ...error.mock.calls])
  for (const secret of ['hunter2', SECRET, 'ann@']) expect(logged).not.toContain(secret)
  await deliverAlerts({ webhook: webhook({ url }), now: secondsLater(NOW, 2 * 86_400) })
  expect(receiver.received).toHaveLength(2)
})

test('retries after a private address without sending anything', async () => {
  const id = await write()
  await deliverAlerts({ webhook: webhook({ allowsPrivate: false }), now: NOW })
  const { nextAttemptAt, lastError } = await read(id)
  expect(lastError).toBe('private address refused')
  expect(nextAttemptAt?.getTime()).toBeGreaterThan(NOW.getTime())
  expect(receiver.received).toEqual([])
})

test('sends every alert once when deliverers run in parallel', async () => {
  const ids = await Promise.all(Array.from({ length: 50 }, () => write()))
  await Promise.all(Array.from({ length: 8 }, () => deliverAlerts({ webhook: webhook(), now: NOW })))
  expect(receiver.received.map(({ headers }) => headers['webhook-id']).sort()).toEqual(ids.sort())
  expect(await db().alert.count({ where: { attempts: 1, deliveredAt: NOW } })).toBe(50)
})

test('sends at most twenty alerts per run, the longest due first', async () => {
  await Promise.all(Array.from({ length: 24 }, () => write()))
  const late = await write(secondsLater(NOW, -5))
  await deliverAlerts({ webhook: webhook(), now: NOW })
  expect(receiver.received).toHaveLength(20)
  expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toContain(late)
})

/** Starts a delivery whose answer waits for `release`; resolves when the receiver has the request. */
async function deliverSlowly() {
  const held = Promise.withResolvers<void>()
  const arrived = Promise.withResolvers<void>()
  receiver.answer = async (response) => {
    arrived.resolve()
    await held.promise
    response.end()
  }
  const delivery = { isOver: false, done: Promise.resolve(), release: () => held.resolve() }
  delivery.done = deliverAlerts({ webhook: webhook(), now: NOW }).then(() => {
    delivery.isOver = true
  })
  await arrived.promise
  return delivery
}

test('holds no transaction open while a receiver is slow', async () => {
  const user = await createUser()
  const id = await write()
  const delivery = await deliverSlowly()
  const [open] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL`
  expect(open?.count).toBe(0)
  await db().$queryRaw`SELECT 1 FROM alerts WHERE id = ${id}::uuid FOR UPDATE NOWAIT`
  expect(await logIn({ email: user.email, password: PASSWORD }, makeSignIn())).toMatchObject({ ok: true })
  expect(delivery.isOver).toBe(false)
  delivery.release()
  await delivery.done
  expect((await read(id)).deliveredAt).toEqual(NOW)
})

test('a claim excludes other processes until it expires', async () => {
  const id = await write()
  const delivery = await deliverSlowly()
  await deliverAlerts({ webhook: webhook(), now: secondsLater(NOW, 59) })
  expect(receiver.received).toHaveLength(1)
  receiver.answer = answerStatus(200)
  await deliverAlerts({ webhook: webhook(), now: secondsLater(NOW, 60) })
  expect(receiver.received).toHaveLength(2)
  expect(await read(id)).toMatchObject({ attempts: 2, nextAttemptAt: null })
  delivery.release()
  await delivery.done
})

test('ignores a failure that arrives after its claim expired', async () => {
  const id = await write()
  const held = Promise.withResolvers<void>()
  const arrived = Promise.withResolvers<void>()
  receiver.answer = async (response) => {
    arrived.resolve()
    await held.promise
    response.writeHead(500).end()
  }
  const late = deliverAlerts({ webhook: webhook(), now: NOW })
  await arrived.promise
  receiver.answer = answerStatus(503)
  await deliverAlerts({ webhook: webhook(), now: secondsLater(NOW, 60) })
  const since = await read(id)
  expect(since).toMatchObject({ attempts: 2, lastError: 'answered 503' })
  held.resolve()
  await late
  expect(await read(id)).toEqual(since)
})
