import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { metrics } from '#lib/metrics'
import { type PasswordWork, passwordWork } from './password-work.ts'
import { createBcryptPool } from './pool.ts'

const QUICK = { input: 'x', cost: 4 }
const SLOW = { input: 'x', cost: 10 }
const BUSY = { ok: false, error: { code: 'BUSY', retryAfterSeconds: expect.any(Number) } }

let pool: ReturnType<typeof createBcryptPool>
/** Who was served, in order. */
let served: string[]

beforeEach(() => {
  pool = createBcryptPool(1)
  served = []
})
afterEach(() => Promise.all(pool.workers().map((worker) => worker.terminate())))

function by(network: string, own: Partial<PasswordWork> = {}): PasswordWork {
  const work = passwordWork({ network }, { account: 'ada@example.com', isKnown: false })
  // With more patience than the slowest machine needs.
  return { ...work, patienceMs: 60_000, ...own }
}

async function serve(network: string, own: Partial<PasswordWork> = {}): Promise<void> {
  const outcome = await pool.run(QUICK, by(network, own))
  if (outcome.ok) served.push(`${network} ${own.account ?? ''}`.trim())
}

/** Keeps the only thread busy until everything of a test waits. */
function occupy(): Promise<unknown> {
  return pool.run(SLOW, by('somebody'))
}

async function countHashed(): Promise<number> {
  const { values } = await metrics().passwordSeconds.get()
  const counts = values.filter(
    ({ labels, metricName }) => labels.step === 'hashing' && metricName?.endsWith('_count'),
  )
  return counts[0]?.value ?? 0
}

function flood(networks: string[], each: number, own: Partial<PasswordWork> = {}): Promise<void>[] {
  return networks.flatMap((network) => Array.from({ length: each }, () => serve(network, own)))
}

const ATTACKERS = Array.from({ length: 14 }, (_, i) => `198.51.100.${i}`)

describe('while 14 networks keep 20 log-ins each waiting', () => {
  test('a newcomer is served after at most one of each', async () => {
    const all = [occupy(), ...flood(ATTACKERS, 20), serve('192.0.2.1')]
    await Promise.all(all)
    expect(served.indexOf('192.0.2.1')).toBe(14)
  })

  test('a known client is served next but one, though known clients flood as well', async () => {
    const all = [occupy(), ...flood(ATTACKERS, 20), ...flood(['203.0.113.1'], 20, { isKnown: true })]
    await Promise.all([...all, serve('192.0.2.1', { isKnown: true })])
    expect(served.indexOf('192.0.2.1')).toBeLessThanOrEqual(3)
  })

  test('strangers get every second turn, however many known clients flood', async () => {
    const all = [occupy(), ...flood(ATTACKERS, 20, { isKnown: true }), serve('192.0.2.1')]
    await Promise.all(all)
    expect(served.indexOf('192.0.2.1')).toBeLessThanOrEqual(1)
  })
})

test('the 65,536 networks of one IPv6 /48 share one turn', async () => {
  const networks = Array.from({ length: 40 }, (_, i) => `2001:db8:7:${i.toString(16)}::/64`)
  await Promise.all([occupy(), ...flood(networks, 3), serve('2001:db8:8:0::/64')])
  expect(served.indexOf('2001:db8:8:0::/64')).toBe(1)
})

test('the accounts of one network take turns as well', async () => {
  const network = '192.0.2.1'
  const all = [occupy(), ...flood([network], 20, { account: 'mallory@example.com' })]
  await Promise.all([...all, serve(network, { account: 'ada@example.com' })])
  expect(served.indexOf(`${network} ada@example.com`)).toBe(1)
})

describe('work that would wait too long', () => {
  test('is refused at once, with the time until its turn; the work of another network is not', async () => {
    const started = performance.now()
    await occupy()
    const meanMs = performance.now() - started
    const waiting = [occupy(), ...flood(['198.51.100.1'], 8)]
    const patience = { patienceMs: meanMs * 5 }
    expect(pool.findRefusal(by('198.51.100.1', patience))).toEqual(BUSY.error)
    expect(await pool.run(QUICK, by('198.51.100.1', patience))).toEqual(BUSY)
    expect(pool.findRefusal(by('198.51.100.2', patience))).toBeNull()
    const { retryAfterSeconds } = pool.findRefusal(by('198.51.100.1', { patienceMs: 1 }))!
    expect(retryAfterSeconds).toBe(Math.max(1, Math.ceil((9 * meanMs) / 1000)))
    await Promise.all(waiting)
  })

  test('never is where a thread is free', async () => {
    await occupy()
    expect(await pool.run(QUICK, by('192.0.2.1', { patienceMs: 0 }))).toMatchObject({ ok: true })
  })
})

test('work that has waited too long is given up and never hashed', async () => {
  const before = await countHashed()
  const running = occupy()
  expect(await pool.run(QUICK, by('192.0.2.1', { patienceMs: 10 }))).toEqual(BUSY)
  expect([pool.queueLength(), pool.busyCount()]).toEqual([0, 1])
  await running
  expect(await countHashed()).toBe(before + 1)
})

test('the hashes of one request share one patience', async () => {
  const work = by('192.0.2.1')
  const running = occupy()
  await pool.run(QUICK, work)
  expect(work.patienceMs).toBeLessThan(60_000)
  await running
})

describe('a client that has left', () => {
  test('gives up its place, and nothing is hashed for it', async () => {
    const before = await countHashed()
    const client = new AbortController()
    const running = occupy()
    const waiting = pool.run(QUICK, by('192.0.2.1', { left: client.signal }))
    const next = serve('192.0.2.2')
    client.abort()
    expect(await waiting).toEqual(BUSY)
    await Promise.all([running, next])
    expect(served).toEqual(['192.0.2.2'])
    expect(await countHashed()).toBe(before + 2)
  })

  test('gets no place', async () => {
    expect(await pool.run(QUICK, by('192.0.2.1', { left: AbortSignal.abort() }))).toEqual(BUSY)
    expect(pool.workers()).toHaveLength(0)
  })
})
