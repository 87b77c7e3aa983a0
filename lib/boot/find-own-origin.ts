import { once } from 'node:events'
import type { Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseAddress } from '#lib/throttle/network.ts'

/** Generous, for a busy machine. Most unreachable addresses fail immediately. */
const PATIENCE_MS = 3_000
const WILDCARDS: Record<string, string[]> = {
  '0.0.0.0': ['127.0.0.1'],
  // On some systems `::` accepts IPv6 only.
  '::': ['127.0.0.1', '::1'],
}

/** @returns the origin of this process's own server, or null: no connection arrives, or another program has the port */
export async function findOwnOrigin(server: Server | undefined): Promise<string | null> {
  const address = server?.address()
  if (!server || !address || typeof address === 'string') return null
  for (const host of WILDCARDS[address.address] ?? [address.address]) {
    const origin = `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`
    if (URL.canParse(origin) && (await arrives(server, host, address.port))) return origin
  }
  return null
}

async function arrives(server: Server, host: string, port: number): Promise<boolean> {
  const arrived = new Set<string>()
  // Both ends, so that another client's connection from the same port number does not count.
  const note = (socket: Socket) => {
    arrived.add(endsOf(socket.remoteAddress, socket.remotePort, socket.localAddress, socket.localPort))
  }
  server.on('connection', note)
  const call = connect({ host, port }).on('error', () => {})
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    await once(call, 'connect', { signal })
    const ends = endsOf(call.localAddress, call.localPort, call.remoteAddress, call.remotePort)
    while (!arrived.has(ends) && !signal.aborted) await sleep(1)
    return arrived.has(ends)
  } catch {
    return false
  } finally {
    server.off('connection', note)
    call.destroy()
  }
}

/** The same text from both sides: a server on `::` sees IPv4 addresses mapped into IPv6. */
function endsOf(...ends: (string | number | undefined)[]): string {
  return ends.map((end) => parseAddress(String(end)) ?? end).join(' ')
}
