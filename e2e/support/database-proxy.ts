import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { databaseUrl } from './run.ts'

export type DatabaseProxy = {
  /** The database's URL with the address of the proxy. */
  url: string
  /** Ends all connections and refuses new ones. */
  disconnect: () => Promise<void>
  reconnect: () => Promise<void>
}

/**
 * A proxy in front of a database, for tests of an outage: `disconnect` makes the database unavailable to the server that
 * uses the proxy's URL. The caller disconnects it at the end.
 *
 * @param target the URL of the database, by default that of the run
 */
export async function openDatabaseProxy(target = databaseUrl()): Promise<DatabaseProxy> {
  const url = new URL(target)
  const { hostname, port } = url
  const sockets = new Set<Socket>()
  const relay = createServer((near) => {
    const far = connect(Number(port), hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
    }
    near.pipe(far).on('close', () => near.destroy())
    far.pipe(near).on('close', () => far.destroy())
  })

  async function open(at: number): Promise<void> {
    await once(relay.listen(at, '127.0.0.1'), 'listening')
  }

  async function disconnect(): Promise<void> {
    if (!relay.listening) return
    const closed = once(relay.close(), 'close')
    for (const socket of sockets) socket.destroy()
    await closed
  }

  await open(0)
  const address = relay.address()
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.')
  url.host = `127.0.0.1:${address.port}`
  return { url: url.href, disconnect, reconnect: () => open(address.port) }
}
