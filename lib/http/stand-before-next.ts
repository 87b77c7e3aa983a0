import { type IncomingMessage, Server, type ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { receiveBody } from './receive-body'

/** Node's own second line behind `receiveBody`: for the head of a request, and for all of it. */
const HEADERS_MS = 15_000
const REQUEST_MS = 30_000

/**
 * Takes this process's HTTP servers over: Next.js made them before it called any code of ours.
 * - Bodies are received before Next.js sees their requests.
 * - In production nothing is upgraded (`next dev` needs it to reload pages): Node answers a request with `Upgrade` like any other where
 *   there is no listener for it, so that it passes every hook.
 */
export function standBeforeNext(isProduction: boolean): void {
  for (const server of openServers()) {
    server.headersTimeout = HEADERS_MS
    server.requestTimeout = REQUEST_MS
    const listeners = server.listeners('request')
    server.removeAllListeners('request')
    server.on('request', (request: IncomingMessage, response: ServerResponse) =>
      receiveBody(request, response, () => {
        for (const listener of listeners) Reflect.apply(listener, server, [request, response])
      }),
    )
    if (isProduction) server.removeAllListeners('upgrade')
  }
  if (isProduction) for (const socket of upgradingSockets()) socket.destroy()
}

function openServers(): Server[] {
  return openHandles().filter((handle) => handle instanceof Server)
}

/** Connections that asked for an upgrade before there was a hook: Next.js would never close them. */
function upgradingSockets(): Socket[] {
  const isUpgrading = (handle: object) =>
    'server' in handle && handle.server instanceof Server && 'parser' in handle && handle.parser === null
  return openHandles().filter((handle) => handle instanceof Socket && isUpgrading(handle)) as Socket[]
}

/** Undocumented, and the one way to a server that somebody else has made (Node 20 to 26). */
function openHandles(): object[] {
  const { _getActiveHandles } = process as typeof process & { _getActiveHandles: () => object[] }
  return _getActiveHandles.call(process)
}
