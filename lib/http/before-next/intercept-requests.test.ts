import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { MAX_BODY_BYTES } from '../read-json.ts'
import { openUploads, type Upload } from '../uploads.ts'
import { makeHold } from './hold-upload.ts'
import { interceptRequests } from './intercept-requests.ts'

let server: Server
let seen: IncomingMessage[] = []
let early: Socket
let kept: Upload | undefined

beforeAll(async () => {
  server = createServer(async (request, response) => {
    seen.push(request)
    kept = openUploads().get(String(request.headers['x-taskward-upload']))
    response.end(Buffer.concat(await request.toArray()))
  })
  server.on('upgrade', () => {})
  await once(server.listen(0, '127.0.0.1'), 'listening')
  early = open('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
  await once(server, 'upgrade')
  interceptRequests(true, 75)
})

afterAll(() => void server.close())
afterEach(() => {
  seen = []
  vi.useRealTimers()
})

function open(...parts: string[]): Socket {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  for (const part of parts) socket.write(part)
  return socket
}

/** What comes back until the server closes the connection. */
async function answerTo(...parts: string[]): Promise<string> {
  return readAll(open(...parts))
}

async function readAll(socket: Socket): Promise<string> {
  return Buffer.concat(await socket.toArray()).toString('latin1')
}

const post = (header: string) => `POST /api/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${header}\r\n\r\n`
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`

test.each(['h2c', 'websocket', 'x', 'h2c, websocket', 'TLS/1.0'])(
  'a request with Upgrade: %s is answered like any other',
  async (protocol) => {
    const head = `POST / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: ${protocol}\r\n`
    expect(await answerTo(`${head}Content-Length: 2\r\n\r\nhi`)).toMatch(/^HTTP\/1\.1 200 [\s\S]*\r\n\r\nhi$/)
  },
)

test('closes a connection that asked for an upgrade before the hook was installed', async () => {
  expect(await readAll(early)).toBe('')
})

test('passes on whole bodies up to 64 KiB, announced or chunked', async () => {
  const most = 'x'.repeat(MAX_BODY_BYTES)
  const ends = async (answer: Promise<string>) => (await answer).endsWith(most)
  expect(await ends(answerTo(post(`Content-Length: ${most.length}`), most))).toBe(true)
  expect(await answerTo(post('Transfer-Encoding: chunked'), chunk('a'), chunk('b'), '0\r\n\r\n')).toMatch(
    /ab/,
  )
  expect(await answerTo(post('Transfer-Encoding: chunked'), chunk(most), '0\r\n\r\n')).toContain('200 OK')
  expect(await answerTo(post('Content-Length: 0'))).toContain('200 OK')
})

test('refuses more than 64 KiB before Next.js sees the request, while the client sends or after', async () => {
  const much = 'x'.repeat(MAX_BODY_BYTES + 1)
  const answers = [
    answerTo(post('Content-Length: 10485760')),
    answerTo(post('Content-Length: 10485760'), much),
    answerTo(post('Transfer-Encoding: chunked'), chunk(much)),
    answerTo(post('Transfer-Encoding: chunked'), ...Array(65).fill(chunk('y'.repeat(1024)))),
  ]
  for (const answer of await Promise.all(answers)) {
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer).toContain('"code":"PAYLOAD_TOO_LARGE"')
    expect(answer).toMatch(/\r\nConnection: close\r\n/i)
  }
  expect(seen).toEqual([])
})

test('keeps a file of up to 10 MB for the routes that take one, and passes on a request without it', async () => {
  const file = 'x'.repeat(10 * 1024 * 1024)
  for (const path of ['/api/me/import?dry_run=1', '/settings/data/upload']) {
    const head = post(`Content-Length: ${file.length}\r\nContent-Type: text/csv\r\nX-Taskward-Upload: forged`)
    expect(await answerTo(head.replace('/api/x', path), file)).toMatch(/^HTTP\/1\.1 200 /)
    const [{ headers } = { headers: {} }] = seen.splice(0)
    expect([kept?.bytes.length, kept?.contentType]).toEqual([file.length, 'text/csv'])
    expect(headers).not.toHaveProperty('content-length')
    expect(headers).not.toHaveProperty('content-type')
    expect([...openUploads()]).toEqual([])
  }
  const more = 'Content-Length: 10600000'
  const refusals = ['/api/me/import', '/settings/data/upload'].map((path) =>
    answerTo(post(more).replace('/api/x', path)),
  )
  for (const refusal of await Promise.all(refusals)) expect(refusal).toMatch(/^HTTP\/1\.1 413 .*10 MB/s)
  for (const other of ['/api/me/import/x', '/api/me/tasks/import', '/settings/data', '/api/import']) {
    expect(await answerTo(post('Content-Length: 65537').replace('/api/x', other))).toMatch(/^HTTP\/1\.1 413 /)
  }
})

test('refuses a file where others take the memory of the process', async () => {
  const socket = open(post('Content-Length: 10485760').replace('/api/x', '/api/me/import'), 'x'.repeat(1024))
  const [request, response] = await once(server, 'request')
  makeHold(request, response)(63 * 1024 * 1024)
  socket.write('x'.repeat(70_000))
  expect(await readAll(socket)).toMatch(/^HTTP\/1\.1 503 [\s\S]*\r\nRetry-After: 5\r\n/)
})

test('a GET does not wait for the body that it announces', async () => {
  const get = 'GET /api/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n'
  const socket = open(get)
  await once(server, 'request')
  expect(seen).toHaveLength(1)
  socket.write('0\r\n\r\n')
  expect(await readAll(socket)).toContain('200 OK')
})

test('refuses a body that does not arrive within 10 seconds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const socket = open(post('Content-Length: 5').replace('/api/x', '/login'), 'half')
  await once(server, 'request')
  await nextTurn()
  vi.advanceTimersByTime(9_000)
  expect(socket.bytesRead).toBe(0)
  vi.advanceTimersByTime(1_000)
  await once(socket, 'readable')
  expect(String(socket.read())).toMatch(/^HTTP\/1\.1 408 [\s\S]*This took too long to arrive/)
  vi.advanceTimersByTime(1_000)
  expect(seen).toEqual([])
})

test('releases everything when a client disconnects during its body', async () => {
  const socket = open(post('Content-Length: 5'), 'half')
  const [request] = await once(server, 'request')
  socket.destroy()
  await new Promise((resolve) => request.once('close', resolve))
  expect(seen).toEqual([])
})

test('keeps an idle connection for the configured time', async () => {
  const socket = open('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(socket, 'readable')
  expect(String(socket.read())).toContain('\r\nKeep-Alive: timeout=75\r\n')
  socket.destroy()
})

test.each([
  ['garbage', 400, 'text/html', 'garbage\r\n\r\n'],
  [
    'a bad chunk',
    400,
    'text/html',
    `${post('Transfer-Encoding: chunked').replace('/api/x', '/login')}zz\r\n`,
  ],
  ['a bad chunk for the API', 400, 'application/json', `${post('Transfer-Encoding: chunked')}zz\r\n`],
  ['half a head', 400, 'text/html', 'GET / HTTP/1.1\r\nHost'],
  ['too many headers', 431, 'text/html', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'x'.repeat(200_000)}\r\n\r\n`],
  [
    'too many for the API',
    431,
    'application/json',
    `GET /api/x HTTP/1.1\r\nA: ${'x'.repeat(20_000)}\r\n\r\n`,
  ],
  ['a tunnel', 405, 'text/html', 'CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n'],
])('what Node cannot read (%s) is refused with status %i as %s', async (_, status, type, request) => {
  const socket = open(request)
  socket.end()
  const answer = await readAll(socket)
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  expect(answer.match(/^HTTP/gm)).toHaveLength(1)
  for (const header of [
    `Content-Type: ${type}`,
    'Cache-Control: no-store',
    'Content-Security-Policy: default-src',
  ]) {
    expect(answer).toContain(`\r\n${header}`)
  }
  expect(answer).toMatch(/\r\nConnection: close\r\n/i)
  expect(answer).toMatch(/\r\nX-Request-Id: [0-9a-f-]{36}\r\n/)
  expect(seen).toEqual([])
})

test.each([
  ['garbage', 'garbage\r\n\r\n'],
  ['a tunnel', 'CONNECT x:443 HTTP/1.1\r\nHost: x:443\r\n\r\n'],
])(
  '%s behind a request leaves the answer to that request alone, and ends the connection',
  async (_, rest) => {
    const answer = await answerTo(`GET /first HTTP/1.1\r\nHost: x\r\n\r\n${rest}`)
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1)
  },
)

test('closes a connection that never sent a byte without a response', async () => {
  const accepted = once(server, 'connection')
  const socket = open()
  const [served] = await accepted
  const late = Object.assign(new Error('late'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' })
  server.emit('clientError', late, served)
  expect(await readAll(socket)).toBe('')
})

test('serves a static file only to reads, and whole', async () => {
  const head = (method: string) => `${method} /_next/static/x.js HTTP/1.1\r\nHost: x\r\nConnection: close\r\n`
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    const answer = await answerTo(`${head(method)}Content-Length: 0\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 405 [\s\S]*\r\nAllow: GET, HEAD\r\n/)
  }
  expect(seen).toEqual([])
  const conditions = 'Range: bytes=9-\r\nIf-Match: "x"\r\nIf-Unmodified-Since: x\r\nIf-None-Match: "y"\r\n'
  await answerTo(`${head('GET')}${conditions}\r\n`)
  const { headers } = seen[0]!
  expect([headers.range, headers['if-match'], headers['if-unmodified-since']]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
  expect(headers['if-none-match']).toBe('"y"')
})
