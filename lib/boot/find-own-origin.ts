import { once } from 'node:events'
import type { Server } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** Enough for a busy machine. Most unreachable addresses fail at once. */
const PATIENCE_MS = 3_000
const WILDCARDS: Record<string, string[]> = {
  '0.0.0.0': ['127.0.0.1'],
  // Which of the two depends on the system: `::` may take IPv6 alone.
  '::': ['127.0.0.1', '::1'],
}

/**
 * The origin at which this process reaches its own HTTP server, such as `http://127.0.0.1:3000`. Null where it reaches
 * none: the connection fails, or arrives at another program that listens on the same port.
 */
export async function findOwnOrigin(server: Server | undefined): Promise<string | null> {
  const address = server?.address()
  if (!server || !address || typeof address === 'string') return null
  for (const host of WILDCARDS[address.address] ?? [address.address]) {
    const origin = `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`
    if (URL.canParse(origin) && (await arrives(server, host, address.port))) return origin
  }
  return null
}

/** Whether a connection to this address arrives at this server. */
async function arrives(server: Server, host: string, port: number): Promise<boolean> {
  const arrived = new Set<number | undefined>()
  const note = (socket: { remotePort?: number }) => arrived.add(socket.remotePort)
  server.on('connection', note)
  const call = connect({ host, port }).on('error', () => {})
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    await once(call, 'connect', { signal })
    while (!arrived.has(call.localPort) && !signal.aborted) await sleep(1)
    return arrived.has(call.localPort)
  } catch {
    return false
  } finally {
    server.off('connection', note)
    call.destroy()
  }
}
