import dns from 'node:dns'
import { once } from 'node:events'
import { syncBuiltinESMExports } from 'node:module'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { answerStatus, type Receiver, startReceiver } from '#lib/testing/receiver.ts'
import { sendWebhook } from './send-webhook.ts'

const BODY = '{"type":"é"}'
const lookup = dns.lookup
let receiver: Receiver

beforeEach(async () => {
  receiver = await startReceiver()
})

afterEach(async () => {
  answerNames(lookup)
  await receiver.stop()
})

function send(url: URL | string = receiver.url, allowsPrivate = true) {
  return sendWebhook({ url: new URL(url), allowsPrivate }, { headers: { 'webhook-id': 'a1' }, body: BODY })
}

/** Puts another resolver in the place of the system's. */
function answerNames(resolver: unknown): void {
  Object.assign(dns, { lookup: resolver })
  syncBuiltinESMExports()
}

/** A server that sends `bytes` on each connection and then keeps it open. */
async function startRawServer(bytes: string) {
  const server = createServer((socket) => socket.on('error', () => {}).write(bytes))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('posts the body as JSON with its length and the given headers', async () => {
  expect(await send()).toEqual({ ok: true, value: 200 })
  const [got] = receiver.received
  expect(got).toMatchObject({ method: 'POST', target: '/hook', body: BODY })
  expect(got?.headers).toMatchObject({
    'webhook-id': 'a1',
    'content-type': 'application/json',
    'content-length': '13',
    'user-agent': 'Taskward',
  })
})

test('accepts 2xx and fails for every other status', async () => {
  for (const status of [200, 201, 202, 204, 299]) {
    receiver.answer = answerStatus(status)
    expect(await send()).toEqual({ ok: true, value: status })
  }
  for (const status of [300, 304, 400, 401, 404, 410, 429, 500, 503]) {
    receiver.answer = answerStatus(status)
    expect(await send()).toEqual({ ok: false, error: { code: 'BAD_STATUS', text: `answered ${status}` } })
  }
})

test.each([301, 302, 303, 307, 308])('fails for a redirect (%i) and does not follow it', async (status) => {
  receiver.answer = answerStatus(status, { location: '/elsewhere' })
  expect(await send()).toEqual({ ok: false, error: { code: 'BAD_STATUS', text: `answered ${status}` } })
  expect(receiver.received.map(({ target }) => target)).toEqual(['/hook'])
})

test('does not read the body of an endless answer', async () => {
  let closed: Promise<unknown> | undefined
  receiver.answer = (response) => {
    closed = once(response, 'close')
    const pour = () => {
      while (!response.destroyed && response.write('x'.repeat(65_536)));
    }
    response.on('drain', pour)
    pour()
  }
  const start = performance.now()
  expect(await send()).toEqual({ ok: true, value: 200 })
  await closed
  // Immediately, not after the timeout.
  expect(performance.now() - start).toBeLessThan(4_000)
})

test('times out after five seconds when the receiver or the resolver does not answer', async () => {
  receiver.answer = () => {}
  answerNames(() => {})
  const start = performance.now()
  const attempts = [send(), send('http://hanging.example.org', false)]
  const tooLate = { ok: false, error: { code: 'TIMEOUT', text: 'no answer within 5 s' } }
  expect(await Promise.all(attempts)).toEqual([tooLate, tooLate])
  expect(performance.now() - start).toBeLessThan(10_000)
})

test('times out after five seconds when the head arrives byte by byte', async () => {
  const { server, url } = await startRawServer('HTTP/1.1 200 OK\r\n')
  server.on('connection', (socket) => {
    const timer = setInterval(() => socket.write('x-more: 1\r\n'), 200)
    socket.on('close', () => clearInterval(timer))
  })
  const start = performance.now()
  expect(await send(url)).toEqual({ ok: false, error: { code: 'TIMEOUT', text: 'no answer within 5 s' } })
  expect(performance.now() - start).toBeLessThan(10_000)
  server.close()
})

test('describes a failure without the URL, its credentials and its query', async () => {
  const { port } = receiver.url
  const secretive = `http://user:hunter2@127.0.0.1:${port}/hook?token=hunter2`
  receiver.answer = (response) => response.destroy()
  expect(await send(secretive)).toEqual({
    ok: false,
    error: { code: 'NOT_REACHED', text: 'not reached: ECONNRESET' },
  })
  expect(await send(`https://127.0.0.1:${port}/`)).toMatchObject({
    ok: false,
    error: { code: 'NOT_REACHED', text: expect.stringMatching(/^not reached: E[A-Z_]+$/) },
  })
  // Node throws it while it reads the credentials.
  const unreadable = `http://hunter2%zz@127.0.0.1:${port}/`
  expect(await send(unreadable)).toEqual({
    ok: false,
    error: { code: 'NOT_REACHED', text: 'not reached: URIError' },
  })
  await receiver.stop()
  expect(await send(secretive)).toEqual({
    ok: false,
    error: { code: 'NOT_REACHED', text: 'not reached: ECONNREFUSED' },
  })
  expect(await send(`http://localhost:${port}/`)).toEqual({
    ok: false,
    error: { code: 'NOT_REACHED', text: 'not reached: ECONNREFUSED' },
  })
  expect(await send('http://nowhere.invalid/')).toEqual({
    ok: false,
    error: { code: 'NOT_REACHED', text: expect.stringMatching(/^not reached: E[A-Z_]+$/) },
  })
})

test.each([
  ['what is not HTTP', 'SSH-2.0-OpenSSH_9.9\r\n\r\n', /^not reached: HPE_/],
  ['a switch of protocols', 'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n', /^closed/],
  ['a head without end', `HTTP/1.1 200 OK\r\nx: ${'x'.repeat(99_999)}`, /^not reached: HPE_HEADER_OVERFLOW/],
])('fails for %s', async (_, bytes, error) => {
  const { server, url } = await startRawServer(bytes)
  expect(await send(url)).toEqual({
    ok: false,
    error: { code: expect.any(String), text: expect.stringMatching(error) },
  })
  server.close()
})

test.each([
  'http://127.0.0.1',
  'http://127.0.0.1.',
  'http://127.1',
  'http://2130706433',
  'http://0x7f000001',
  'http://0x7f.0.0.1',
  'http://0177.0.0.1',
  'http://017700000001',
  'http://%31%32%37.0.0.1',
  'http://１２７。０。０。１',
  'http://0',
  'http://127.8.9.10',
  'http://[::1]',
  'http://[::]',
  'http://[0:0:0:0:0:0:0:1]',
  'http://[::ffff:127.0.0.1]',
  'http://[::ffff:7f00:1]',
  'http://[::127.0.0.1]',
  'http://[64:ff9b::127.0.0.1]',
  'http://localhost',
  'http://LOCALHOST',
  'http://public.example@127.0.0.1',
])('refuses the private address %s without connecting', async (spelling) => {
  const url = new URL(spelling)
  url.port = receiver.url.port
  expect(await send(url, false)).toEqual({
    ok: false,
    error: { code: 'PRIVATE_ADDRESS', text: 'private address refused' },
  })
  expect(receiver.received).toEqual([])
})

test('reaches this machine by the spellings above where private addresses are allowed', async () => {
  for (const host of ['127.1', '2130706433', '0x7f.0.0.1', '0177.0.0.1', '127.8.9.10', '0', 'localhost']) {
    const url = new URL(`http://${host}:${receiver.url.port}`)
    // The receiver listens on 127.0.0.1 alone.
    if (host === '127.8.9.10') expect(await send(url)).toMatchObject({ ok: false })
    else expect(await send(url), host).toEqual({ ok: true, value: 200 })
  }
})

type Found = { address: string; family: number }[]
type Callback = (error: Error | null, addresses: Found) => void

/** Resolves every name to these addresses: the first list when it is asked first, the second when it is asked again. */
function resolveTo(...answers: Found[]) {
  const asked: string[] = []
  answerNames((hostname: string, _: unknown, callback: Callback) => {
    const found = answers[Math.min(asked.length, answers.length - 1)] ?? []
    asked.push(hostname)
    setImmediate(callback, null, found)
  })
  return asked
}

const LOOPBACK = { address: '127.0.0.1', family: 4 }
/** A public address that is not assigned. */
const UNROUTED = { address: '2000::1', family: 6 }

test('refuses a name that resolves to private addresses only', async () => {
  resolveTo([LOOPBACK, { address: 'fd00::1', family: 6 }])
  const url = `http://hooks.example.org:${receiver.url.port}`
  expect(await send(url, false)).toEqual({
    ok: false,
    error: { code: 'PRIVATE_ADDRESS', text: 'private address refused' },
  })
  expect(receiver.received).toEqual([])
})

test('tries only the public addresses of a name', async () => {
  resolveTo([LOOPBACK, UNROUTED, LOOPBACK])
  expect(await send(`http://hooks.example.org:${receiver.url.port}`, false)).toMatchObject({ ok: false })
  expect(receiver.received).toEqual([])
})

test('resolves a name once, so that a second lookup cannot change its address', async () => {
  const asked = resolveTo([UNROUTED], [LOOPBACK])
  expect(await send(`http://hooks.example.org:${receiver.url.port}`, false)).toMatchObject({ ok: false })
  expect(asked).toEqual(['hooks.example.org'])
  expect(receiver.received).toEqual([])
})

test('shares one lookup between waiting alerts and repeats it for later ones', async () => {
  const asked: string[] = []
  answerNames((hostname: string, _: unknown, callback: Callback) => {
    asked.push(hostname)
    setTimeout(callback, 50, null, [LOOPBACK])
  })
  const url = `http://hooks.example.org:${receiver.url.port}`
  const sent = await Promise.all(Array.from({ length: 20 }, () => send(url)))
  expect(sent).toEqual(Array(20).fill({ ok: true, value: 200 }))
  expect(asked).toHaveLength(1)
  expect(await send(url)).toEqual({ ok: true, value: 200 })
  expect(asked).toHaveLength(2)
})

test('fails for all waiting alerts when the name does not resolve', async () => {
  answerNames((_: string, __: unknown, callback: Callback) => {
    setTimeout(callback, 50, Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }), [])
  })
  const url = `http://hooks.example.org:${receiver.url.port}`
  const failed = { ok: false, error: { code: 'NOT_REACHED', text: 'not reached: ENOTFOUND' } }
  expect(await Promise.all([send(url), send(url, false)])).toEqual([failed, failed])
})
