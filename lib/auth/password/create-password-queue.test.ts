import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { PASSWORD_QUEUE_LIMIT } from '#lib/auth/policy.ts'
import { metrics } from '#lib/metrics.ts'
import { ok } from '#lib/result.ts'
import { processorMs } from '#lib/testing/processor-time.ts'
import { isAbandoned } from './busy.ts'
import { createPasswordQueue } from './create-password-queue.ts'
import type { QueuedRequest } from './queue-path.ts'

const BUSY = { ok: false, error: { code: 'BUSY', retryAfterSeconds: expect.any(Number) } }
const ATTACKERS = Array.from({ length: 14 }, (_, i) => `198.51.100.${i}`)

let queue: ReturnType<typeof createPasswordQueue>
/** The networks whose work ran, in order. */
let served: string[]

beforeEach(() => {
  queue = createPasswordQueue(1)
  served = []
})

type Own = Partial<Omit<QueuedRequest, 'client'>> & Omit<QueuedRequest['client'], 'network'>

function come(network: string, { account = 'ada@example.com', isKnown = false, ...client }: Own = {}) {
  return queue.run({ client: { network, ...client }, account, isKnown }, async () => {
    served.push(network.startsWith('192.') ? `${network} ${account}` : network)
    return ok(null)
  })
}

function flood(networks: string[], each: number, own: Own = {}) {
  return networks.flatMap((network) => Array.from({ length: each }, () => come(network, own)))
}

/** Takes a turn and keeps it until `end` is called. */
function occupy() {
  const begun = Promise.withResolvers<void>()
  const end = Promise.withResolvers<void>()
  const turn = queue.run({ client: { network: '203.0.113.1' }, account: 'eve', isKnown: false }, async () => {
    begun.resolve()
    await end.promise
    return ok(null)
  })
  return { turn, begun: begun.promise, end: end.resolve }
}

/** Makes the queue measure requests of this duration. */
async function learn(seconds: number, requests = 60): Promise<void> {
  vi.useFakeTimers({ toFake: ['performance'] })
  for (let i = 0; i < requests; i++) {
    const one = occupy()
    await one.begun
    vi.advanceTimersByTime(seconds * 1000)
    one.end()
    await one.turn
  }
  vi.useRealTimers()
}

/** @returns how many were served before */
function placeOf(client: string): number {
  expect(served).toContain(client)
  return served.indexOf(client)
}

const GRACE = 'Grace'
const NEWCOMER = '192.0.2.1 ada@example.com'

describe('while 14 networks have 20 waiting requests each', () => {
  // None is refused, however slow this machine is.
  beforeEach(() => {
    queue = createPasswordQueue(1, { waitSeconds: 60 })
  })

  test('a newcomer waits for at most one request of each other newcomer, and later for two requests', async () => {
    const { end } = occupy()
    const flooding = flood(ATTACKERS, 20)
    const first = come('192.0.2.1')
    end()
    await first
    expect(placeOf(NEWCOMER)).toBe(14)
    const servedBefore = served.length
    await come('192.0.2.1', { account: GRACE })
    expect(placeOf(`192.0.2.1 ${GRACE}`) - servedBefore).toBeLessThanOrEqual(2)
    await Promise.all(flooding)
    expect(served).toHaveLength(282)
  })

  test('a known client is served within four turns, even if other known clients flood', async () => {
    const { end } = occupy()
    const all = [...flood(ATTACKERS, 20), ...flood(['198.51.100.99'], 20, { isKnown: true })]
    all.push(come('192.0.2.1', { isKnown: true }))
    end()
    await Promise.all(all)
    expect(placeOf(NEWCOMER)).toBeLessThanOrEqual(3)
  })

  test('a stranger gets every second turn, however many known clients flood', async () => {
    const { end } = occupy()
    const all = [...flood(ATTACKERS, 20, { isKnown: true }), come('192.0.2.1')]
    end()
    await Promise.all(all)
    expect(placeOf(NEWCOMER)).toBeLessThanOrEqual(1)
  })
})

test('the 65,536 networks of one IPv6 /48 share one turn', async () => {
  const { end } = occupy()
  const networks = Array.from({ length: 40 }, (_, i) => `2001:db8:7:${i.toString(16)}::/64`)
  const all = [...flood(networks, 3), come('2001:db8:8:0::/64')]
  end()
  await Promise.all(all)
  expect(placeOf('2001:db8:8:0::/64')).toBe(1)
})

test('the accounts of one network take turns as well', async () => {
  const { end } = occupy()
  const all = [...flood(['192.0.2.1'], 20, { account: 'mallory' }), come('192.0.2.1', { account: GRACE })]
  end()
  await Promise.all(all)
  expect(placeOf(`192.0.2.1 ${GRACE}`)).toBe(1)
})

test('runs at most `size` requests at a time, and starts the next after a success or a failure', async () => {
  queue = createPasswordQueue(2)
  let running = 0
  let most = 0
  const all = Array.from({ length: 10 }, (_, i) =>
    queue.run({ client: { network: '192.0.2.1' }, account: 'ada', isKnown: false }, async () => {
      most = Math.max(most, ++running)
      await Promise.resolve()
      running--
      if (i % 2) throw new Error('The database is unavailable.')
      return ok(i)
    }),
  )
  const outcomes = await Promise.allSettled(all)
  expect(outcomes.map(({ status }) => status)).toEqual(Array(5).fill(['fulfilled', 'rejected']).flat())
  expect(most).toBe(2)
  expect(queue.length()).toBe(0)
})

describe('if a request takes 0.75 s', () => {
  beforeEach(() => learn(0.75))

  test('refuses a request whose answer would come too late, with the time until it', async () => {
    const { end, turn } = occupy()
    const waiting = flood(['198.51.100.1'], 3)
    expect(await come('198.51.100.1')).toEqual({
      ok: false,
      error: { code: 'BUSY', retryAfterSeconds: 4 },
    })
    end()
    await Promise.all([turn, ...waiting])
  })

  test('a flood delays its own network and no other', async () => {
    const { end, turn } = occupy()
    const flooding = flood(['198.51.100.1'], 20)
    const newcomer = come('192.0.2.1')
    end()
    expect(await newcomer).toEqual(ok(null))
    await Promise.all([turn, ...flooding])
    expect(placeOf(NEWCOMER)).toBe(1)
  })

  test('refuses a thousand requests immediately, and lets their network wait for further refusals', async () => {
    const { end, turn } = occupy()
    const flooding = flood(['198.51.100.1'], 3 + PASSWORD_QUEUE_LIMIT)
    expect(queue.length()).toBe(3)
    const outcomes = await Promise.all(flooding.slice(3))
    expect(outcomes).toEqual(Array(PASSWORD_QUEUE_LIMIT).fill(BUSY))
    const again = come('198.51.100.1')
    expect(queue.length()).toBe(4)
    end()
    await Promise.all([turn, ...flooding, again])
  })

  test('refuses a flooding network immediately when too many requests wait', async () => {
    const { end, turn } = occupy()
    const flooding = flood(['198.51.100.1'], 2 * PASSWORD_QUEUE_LIMIT + 50)
    expect(queue.length()).toBe(PASSWORD_QUEUE_LIMIT)
    const newcomer = come('192.0.2.1')
    end()
    expect(await newcomer).toEqual(ok(null))
    const outcomes = await Promise.all([turn, ...flooding])
    expect(outcomes.filter(({ ok: isOk }) => !isOk)).toEqual(Array(PASSWORD_QUEUE_LIMIT + 50).fill(BUSY))
  })

  test('a request that Next.js has not brought to the queue counts as waiting until it leaves', async () => {
    const { end, turn } = occupy()
    const arrive = (network: string) => queue.arrive({ network, abortSignal: new AbortController().signal })
    const arrived = Array.from({ length: 3 }, () => arrive('198.51.100.1'))
    expect(arrive('198.51.100.1')).toEqual(BUSY)
    expect(arrive('192.0.2.1')).toMatchObject({ ok: true })
    const [first] = arrived
    if (first?.ok) first.value.leave()
    expect(arrive('198.51.100.1')).toMatchObject({ ok: true })
    end()
    await turn
  })
})

test('at most a thousand requests of a flood are on their way to the queue', async () => {
  queue = createPasswordQueue(1, { usualSeconds: 0.5 })
  const { end, turn } = occupy()
  const arrivals = Array.from({ length: 3 * PASSWORD_QUEUE_LIMIT }, () =>
    queue.arrive({ network: '198.51.100.1', abortSignal: new AbortController().signal }),
  )
  expect(arrivals.filter((arrival) => arrival.ok)).toHaveLength(PASSWORD_QUEUE_LIMIT)
  end()
  await turn
})

test('an arrival costs no more while requests of thousands of networks arrive', async () => {
  const { end, turn } = occupy()
  const networks = Array.from({ length: 20_000 }, (_, i) => `2001:db8:${i.toString(16)}::/64`)
  const ms = processorMs(() => {
    for (const network of networks) queue.arrive({ network, abortSignal: new AbortController().signal })
  })
  // About 30 ms; with a search among all that arrive it is several seconds.
  expect(ms).toBeLessThan(1000)
  end()
  await turn
})

describe('a request that was admitted when it arrived', () => {
  const { signal: abortSignal } = new AbortController()
  let arrivedAt: number

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
    queue = createPasswordQueue(1, { usualSeconds: 0.5 })
    queue.arrive({ network: '192.0.2.1', abortSignal })
    arrivedAt = performance.now()
  })
  afterEach(() => void vi.useRealTimers())

  test('is refused while it waits, if its answer would come too late after its arrival', async () => {
    vi.advanceTimersByTime(1000)
    const { end, turn } = occupy()
    const late = come('192.0.2.1', { abortSignal, arrivedAt })
    vi.advanceTimersByTime(1499)
    expect(queue.length()).toBe(1)
    vi.advanceTimersByTime(1)
    expect(await late).toEqual(BUSY)
    end()
    await turn
  })

  test('takes a free turn, however many of its network are on their way after it', async () => {
    const later = Array.from({ length: 9 }, () => new AbortController().signal)
    const arrived = later.map((signal) => queue.arrive({ network: '192.0.2.1', abortSignal: signal }))
    expect(arrived.filter((arrival) => arrival.ok)).toHaveLength(4)
    vi.advanceTimersByTime(1000)
    expect(await come('192.0.2.1', { abortSignal, arrivedAt })).toEqual(ok(null))
  })

  test('gets no turn if it arrived too long ago, although one is free', async () => {
    vi.advanceTimersByTime(3500)
    expect(await come('192.0.2.1', { abortSignal, arrivedAt })).toEqual(BUSY)
    expect(served).toEqual([])
  })
})

describe('a request that comes to the queue without admission, or again,', () => {
  const SECONDS = 1000

  test('takes a free turn, however many of its network are on their way after it', async () => {
    queue = createPasswordQueue(1, { usualSeconds: 0.5 })
    const later = Array.from({ length: 5 }, () => new AbortController().signal)
    for (const abortSignal of later) queue.arrive({ network: '192.0.2.1', abortSignal })
    expect(await come('192.0.2.1', { arrivedAt: performance.now() - SECONDS })).toEqual(ok(null))
  })

  test('counts from its arrival', async () => {
    const { end, turn } = occupy()
    expect(await come('192.0.2.1', { arrivedAt: performance.now() - 3 * SECONDS })).toEqual(BUSY)
    const inTime = come('192.0.2.1', { arrivedAt: performance.now() - 2 * SECONDS })
    end()
    expect(await Promise.all([inTime, turn])).toEqual([ok(null), ok(null)])
  })

  test('is answered in time after its arrival', async () => {
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
    const { promise: never } = Promise.withResolvers<ReturnType<typeof ok<null>>>()
    const client = { network: '192.0.2.1', arrivedAt: performance.now() - 2 * SECONDS }
    const slow = queue.run({ client, account: 'ada', isKnown: false }, () => never)
    await vi.advanceTimersByTimeAsync(1500)
    expect(await slow).toEqual(BUSY)
    vi.useRealTimers()
  })
})

test('answers in time, and aborts the work', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
  let abortSignal: AbortSignal | undefined
  const { promise: never } = Promise.withResolvers<ReturnType<typeof ok<null>>>()
  const client = { network: '192.0.2.1' }
  const slow = queue.run({ client, account: 'ada', isKnown: false }, (signal) => {
    abortSignal = signal
    return never
  })
  await vi.advanceTimersByTimeAsync(3499)
  expect(abortSignal?.aborted).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(await slow).toEqual(BUSY)
  expect(abortSignal?.aborted).toBe(true)
  vi.useRealTimers()
})

test('waits for work that has begun to write, however late', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
  const { promise, resolve } = Promise.withResolvers<ReturnType<typeof ok<null>>>()
  const client = { network: '192.0.2.1' }
  const isStopped: boolean[] = []
  const slow = queue.run({ client, account: 'ada', isKnown: false }, (signal) => {
    isStopped.push(isAbandoned(signal))
    return promise
  })
  await vi.advanceTimersByTimeAsync(10_000)
  resolve(ok(null))
  expect([await slow, isStopped]).toEqual([ok(null), [false]])
  vi.useRealTimers()
})

test('refuses those that will be late as soon as it knows how long requests take', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
  queue = createPasswordQueue(1, { usualSeconds: 0.5 })
  const { end, turn } = occupy()
  const waiting = flood(['198.51.100.1'], 6)
  await vi.advanceTimersByTimeAsync(1500)
  end()
  await turn
  // Each is expected to take 0.6 s by now: the third would be answered after 3.3 s.
  const outcomes = await Promise.all(waiting)
  expect(outcomes).toEqual([...Array(2).fill(ok(null)), ...Array(4).fill(BUSY)])
  vi.useRealTimers()
})

test('refuses those that will be late while the first of a storm still runs', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] })
  queue = createPasswordQueue(1, { usualSeconds: 0.5 })
  const { end, turn } = occupy()
  const waiting = flood(['198.51.100.1'], 5)
  await vi.advanceTimersByTimeAsync(1400)
  expect(queue.length()).toBe(5)
  // The one that runs has taken 1.4 s: the first would be answered after 1.9 s, the second after 3.3 s.
  expect(await come('198.51.100.1')).toEqual(BUSY)
  expect(queue.length()).toBe(1)
  const refused = { ok: false, error: { code: 'BUSY', retryAfterSeconds: 2 } }
  expect(await Promise.all(waiting.slice(1))).toEqual(Array(4).fill(refused))
  end()
  expect(await Promise.all([turn, waiting[0]])).toEqual([ok(null), ok(null)])
  vi.useRealTimers()
})

test('on a slow machine fewer run at the same time than there are turns, and always one', async () => {
  queue = createPasswordQueue(2, { usualSeconds: 4 })
  const { end, turn } = occupy()
  expect(await come('192.0.2.1')).toEqual({ ok: false, error: { code: 'BUSY', retryAfterSeconds: 4 } })
  end()
  await turn
  expect(await come('192.0.2.1')).toEqual(ok(null))
})

test('a new process refuses by the expected duration of a request', async () => {
  queue = createPasswordQueue(1, { usualSeconds: 3 })
  const { end, turn } = occupy()
  expect(await come('192.0.2.1')).toEqual({ ok: false, error: { code: 'BUSY', retryAfterSeconds: 6 } })
  end()
  await turn
})

test('slow first requests, as of a new process, refuse none of the sixty that follow them', async () => {
  queue = createPasswordQueue(1, { waitSeconds: 20 })
  await learn(4, 8)
  const { end, turn } = occupy()
  const waiting = flood(['192.0.2.1'], 60)
  end()
  expect(await Promise.all([turn, ...waiting])).toEqual(Array(61).fill(ok(null)))
})

test('refuses a request that has waited too long, and never starts its work', async () => {
  vi.useFakeTimers()
  const { end, turn } = occupy()
  const late = come('192.0.2.1')
  vi.advanceTimersByTime(4000)
  expect(await late).toEqual(BUSY)
  vi.useRealTimers()
  end()
  await turn
  expect(served).toEqual([])
})

describe('a client that has left', () => {
  test('gives up its place, and its work is not begun', async () => {
    const client = new AbortController()
    const { end, turn } = occupy()
    const leaving = come('198.51.100.1', { abortSignal: client.signal })
    const next = come('198.51.100.2', { abortSignal: client.signal })
    client.abort()
    expect(await Promise.all([leaving, next])).toEqual([BUSY, BUSY])
    expect(queue.length()).toBe(0)
    end()
    await turn
    expect(served).toEqual([])
  })

  test('gets no place', async () => {
    expect(await come('198.51.100.1', { abortSignal: AbortSignal.abort() })).toEqual(BUSY)
    expect(served).toEqual([])
  })
})

test('metrics report how long requests waited', async () => {
  const waited = async () => {
    const { values } = await metrics().passwordSeconds.get()
    return values.find(
      ({ labels, metricName }) => labels.step === 'waiting' && metricName?.endsWith('_count'),
    )?.value
  }
  const before = (await waited()) ?? 0
  await Promise.all(flood(['198.51.100.1'], 3))
  expect(await waited()).toBe(before + 3)
})
