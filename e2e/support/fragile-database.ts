import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export type FragileDatabase = {
  /** Leads to the run's database, as long as it is not cut off. */
  url: string
  /** Ends all connections and refuses new ones. */
  cut: () => Promise<void>
  mend: () => Promise<void>
  stop: () => Promise<void>
}

/** A way to the run's database that can be cut off and mended, for a server of one test. */
export async function openFragileDatabase(): Promise<FragileDatabase> {
  const settings: Record<string, string> = JSON.parse(process.env.TASKWARD_E2E_SETTINGS ?? '{}')
  const url = new URL(settings.DATABASE_URL ?? '')
  const { hostname, port } = url
  const sockets = new Set<Socket>()
  const relay = createServer((near) => {
    const far = connect(Number(port), hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy()).on('close', () => sockets.delete(one))
    }
  })
  async function open(at: number) {
    relay.listen(at, '127.0.0.1')
    await once(relay, 'listening')
  }
  async function cut() {
    if (!relay.listening) return
    const closed = once(relay, 'close')
    relay.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }

  await open(0)
  const address = relay.address()
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.')
  url.hostname = '127.0.0.1'
  url.port = String(address.port)
  return { url: url.href, cut, mend: () => open(address.port), stop: cut }
}
