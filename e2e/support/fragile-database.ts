import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { databaseUrl } from './run.ts'

export type FragileDatabase = {
  /** Leads to the database, as long as it is not cut off. */
  url: string
  /** Ends all connections and refuses new ones. */
  cut: () => Promise<void>
  mend: () => Promise<void>
}

/** A way to a database, the run's by default, that can be cut off and mended, for a server of one's own. Cut it off in the end. */
export async function openFragileDatabase(target = databaseUrl()): Promise<FragileDatabase> {
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

  async function cut(): Promise<void> {
    if (!relay.listening) return
    const closed = once(relay.close(), 'close')
    for (const socket of sockets) socket.destroy()
    await closed
  }

  await open(0)
  const address = relay.address()
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.')
  url.host = `127.0.0.1:${address.port}`
  return { url: url.href, cut, mend: () => open(address.port) }
}
