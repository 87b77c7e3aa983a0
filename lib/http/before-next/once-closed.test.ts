import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { onceClosed } from './once-closed.ts'

let server: Server
let responses: ServerResponse[]
/** The paths of the requests that have ended. */
let ended: (string | undefined)[]

beforeAll(async () => {
  server = createServer((request, response) => {
    responses.push(response)
    onceClosed(response, () => ended.push(request.url))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
})
afterAll(() => void server.close())
beforeEach(() => {
  responses = []
  ended = []
})

async function open(...paths: string[]): Promise<Socket> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  socket.write(paths.map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join(''))
  await expect.poll(() => responses.length).toBe(paths.length)
  return socket
}

test('calls once for each response that is sent, and not again when the connection closes', async () => {
  const socket = await open('/one', '/two')
  for (const response of responses) response.end('x')
  await expect.poll(() => ended).toEqual(['/one', '/two'])
  socket.destroy()
  await once(socket, 'close')
  await expect.poll(() => responses.every(({ req }) => req.socket.destroyed)).toBe(true)
  expect(ended).toEqual(['/one', '/two'])
})

test('calls for a response that Node does not close, when the connection closes', async () => {
  const socket = await open('/one', '/two')
  // As Node 20 does with one that waits behind another.
  responses[1]?.removeAllListeners('close')
  socket.destroy()
  await expect.poll(() => ended.toSorted()).toEqual(['/one', '/two'])
})
