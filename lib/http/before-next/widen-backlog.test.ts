import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { widenBacklog } from './widen-backlog.ts'

const CLIENTS = 700
/** A client that was dropped tries again after a second. */
const WAIT_MS = 700

const CONNECT = `
  const { port, connected, count } = require('node:worker_threads').workerData
  const connect = () => require('node:net').connect(port, '127.0.0.1', () => Atomics.add(connected, 0, 1))
  for (let i = 0; i < count; i++) connect()`

/** Blocks the thread. */
function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
}

/** What the system allows. Other systems than Linux allow fewer than the clients. */
function systemBacklog(): number {
  return process.platform === 'linux' ? Number(readFileSync('/proc/sys/net/core/somaxconn', 'utf8')) : 0
}

test('a server that is busy keeps hundreds of connections waiting, and answers them', async () => {
  const server = createServer((_, response) => void response.end('here'))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  widenBacklog(server)
  const { port } = server.address() as AddressInfo
  const connected = new Int32Array(new SharedArrayBuffer(4))
  const clients = new Worker(CONNECT, { eval: true, workerData: { port, connected, count: CLIENTS } })
  // This thread accepts nothing, until no further client has connected for a while.
  for (let before = -1, tries = 0; tries < 20; tries++) {
    const now = Atomics.load(connected, 0)
    if (now === CLIENTS || (now > 0 && now === before)) break
    before = now
    sleep(WAIT_MS)
  }
  expect(Atomics.load(connected, 0)).toBeGreaterThanOrEqual(Math.min(CLIENTS, systemBacklog()))
  await clients.terminate()
  expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('here')
  server.close()
  server.closeAllConnections()
})
