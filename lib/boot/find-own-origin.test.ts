import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterEach, expect, test } from 'vitest'
import { findOwnOrigin } from './find-own-origin.ts'

const LOOPBACK = '127.0.0.1'
/** This machine's other addresses; a link-local one only means something with its interface. */
const OTHER_ADDRESSES = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .map(({ address }) => address)
  .filter((address) => address !== LOOPBACK && !address.startsWith('fe80'))

const open: (Server | ReturnType<typeof createTcpServer>)[] = []

afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

async function listen(host: string, port = 0): Promise<{ server: Server; port: number }> {
  const server = createServer()
  open.push(server)
  await once(server.listen(port, host), 'listening')
  return { server, port: (server.address() as AddressInfo).port }
}

const hostIn = (address: string) => (address.includes(':') ? `[${address}]` : address)

test.each(['0.0.0.0', LOOPBACK])('finds a server on %s at 127.0.0.1', async (host) => {
  const { server, port } = await listen(host)
  expect(await findOwnOrigin(server)).toBe(`http://127.0.0.1:${port}`)
})

test('finds a server on another address of this machine at that address', async () => {
  for (const address of OTHER_ADDRESSES) {
    const { server, port } = await listen(address)
    expect(await findOwnOrigin(server)).toBe(`http://${hostIn(address)}:${port}`)
  }
})

test('finds a server on all addresses at a loopback address', async () => {
  const server = createServer()
  open.push(server)
  await once(server.listen(0), 'listening')
  expect(await findOwnOrigin(server)).toMatch(/^http:\/\/(127\.0\.0\.1|\[::1\]):\d+$/)
})

test('rejects an address where another program answers', async () => {
  const other = createTcpServer()
  open.push(other)
  await once(other.listen(0, LOOPBACK), 'listening')
  const { port } = other.address() as AddressInfo
  const { server } = await listen(LOOPBACK)
  // As on systems that let two programs share a port by its address.
  server.address = () => ({ address: '0.0.0.0', family: 'IPv4', port })
  expect(await findOwnOrigin(server)).toBeNull()
})

test('rejects it even if another client connects from the same port number', async () => {
  const { server } = await listen(LOOPBACK)
  server.removeAllListeners('connection')
  const other = createTcpServer(({ remotePort, localAddress, localPort }) => {
    server.emit('connection', { remoteAddress: '198.51.100.7', remotePort, localAddress, localPort })
  })
  open.push(other)
  await once(other.listen(0, LOOPBACK), 'listening')
  const { port } = other.address() as AddressInfo
  server.address = () => ({ address: LOOPBACK, family: 'IPv4', port })
  expect(await findOwnOrigin(server)).toBeNull()
})

test('returns null for a server that does not listen on a port', async () => {
  expect(await findOwnOrigin(undefined)).toBeNull()
  expect(await findOwnOrigin(createServer())).toBeNull()
})
