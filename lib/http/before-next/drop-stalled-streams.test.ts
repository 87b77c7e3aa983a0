import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { dropStalledStreams } from './drop-stalled-streams.ts'

const STALLED = '/api/me/changes/stream?since=1'

test('disconnects a client that does not read its stream, and keeps one that does', async () => {
  dropStalledStreams(300)
  const closed: (string | undefined)[] = []
  const server = createServer((request, response) => {
    const fill = () => {
      while (response.write('x'.repeat(64_000)));
    }
    fill()
    response.on('drain', () => setTimeout(fill, 20)).on('close', () => closed.push(request.url))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const ask = (path: string) => {
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`)
    return socket
  }
  const sockets = [ask(STALLED), ask('/api/me/changes/stream').resume(), ask('/tasks')]
  await expect.poll(() => closed).toEqual([STALLED])
  await sleep(500)
  expect(closed).toEqual([STALLED])
  for (const socket of sockets) socket.destroy()
  server.close()
})
