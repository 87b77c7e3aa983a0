import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { metrics } from '#lib/metrics.ts'
import { observeRequests } from './observe-requests.ts'

const STREAM = '/api/me/changes/stream'

let server: Server
let port: number

beforeAll(async () => {
  observeRequests()
  server = createServer((req, res) => {
    if (req.url === '/never') return
    if (req.url === STREAM) {
      res.setHeader('content-type', 'text/event-stream')
      return void res.write(':')
    }
    res.statusCode = req.url?.startsWith('/tasks') ? 303 : 404
    res.end('x')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  port = (server.address() as AddressInfo).port
})

afterAll(() => void server.close())
beforeEach(() => metrics().registry.resetMetrics())

async function ask(path: string, method = 'GET'): Promise<void> {
  const call = request({ host: '127.0.0.1', port, path, method, agent: false }).end()
  const [answer] = await once(call, 'response')
  await once(answer.resume(), 'end')
}

async function counted(): Promise<Record<string, number>> {
  const { values } = await metrics().requests.get()
  return Object.fromEntries(
    values.map(({ labels: { surface, route, method, status }, value }) => [
      [surface, method, route, status].join(' '),
      value,
    ]),
  )
}

test('counts requests by route and status, whatever their query', async () => {
  await ask('/tasks')
  await ask('/tasks?filter=open')
  await ask('/api/me/tasks/1', 'DELETE')
  await expect.poll(counted).toEqual({
    'page GET /tasks 303': 2,
    'api DELETE /api/[userId]/tasks/[taskId] 404': 1,
  })
})

test('counts a client that disconnects before its response as aborted', async () => {
  const socket = connect(port, '127.0.0.1')
  socket.write('GET /never HTTP/1.1\r\nHost: x\r\n\r\n')
  await once(server, 'request')
  socket.destroy()
  await expect.poll(counted).toEqual({ 'page GET other aborted': 1 })
})

test('counts a stream that its client ends as answered, and not its duration', async () => {
  const socket = connect(port, '127.0.0.1')
  socket.write(`GET ${STREAM} HTTP/1.1\r\nHost: x\r\n\r\n`)
  await once(socket, 'data')
  socket.destroy()
  await expect.poll(counted).toEqual({ 'api GET /api/[userId]/changes/stream 200': 1 })
  expect((await metrics().requestSeconds.get()).values).toEqual([])
})

test('adds two series for a thousand invented paths and methods', async () => {
  for (let i = 0; i < 50; i++) {
    await ask(`/invented/${i}`)
    await ask(`/api/${i}/x/y/z/${i}`, i % 2 ? 'PROPFIND' : 'MKCOL')
  }
  await expect.poll(counted).toEqual({ 'page GET other 404': 50, 'api other other 404': 50 })
})

test('counts no static files', async () => {
  await ask('/_next/static/chunks/a.js')
  await ask('/icon.svg')
  await ask('/login')
  await expect.poll(counted).toEqual({ 'page GET /login 404': 1 })
})
