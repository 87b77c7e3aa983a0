import { type IncomingMessage, Server, type ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { admitPasswords, startPasswords } from './admit-passwords.ts'
import { noteArrival } from './detect-aborted-requests.ts'
import { noteConnections, pace } from './pace-requests.ts'
import { receiveBody, refuseEarly } from './receive-body.ts'
import { refuseMalformed } from './refuse-malformed.ts'
import { widenBacklog } from './widen-backlog.ts'

/** Node's own limits for the head of a request and for all of it, behind those of `receiveBody`. */
const HEADERS_MS = 15_000
const REQUEST_MS = 30_000
/** Next.js serves files of the build before it calls the gate. */
const STATIC = /^\/_next\/static\//
/** Next.js answers 500 if one of these fails. A server may ignore `Range` (RFC 9110, 14.2); the others guard writes. */
const STATIC_CONDITIONS = ['range', 'if-match', 'if-unmodified-since']

/** Replaces the listeners of servers that Next.js has created. In production an `Upgrade` is an ordinary request. */
export function interceptRequests(isProduction: boolean, keepAliveSeconds: number): void {
  for (const server of openServers()) {
    widenBacklog(server)
    server.headersTimeout = HEADERS_MS
    server.requestTimeout = REQUEST_MS
    server.keepAliveTimeout = keepAliveSeconds * 1000
    const listeners = server.listeners('request')
    server.removeAllListeners('request')
    server.on('request', (request: IncomingMessage, response: ServerResponse) =>
      receiveBody(request, response, () => {
        noteArrival()
        if (STATIC.test(request.url ?? '') && !prepareStatic(request, response)) return
        if (!admitPasswords(request, response)) return
        pace(() => {
          if (!startPasswords(request, response)) return
          for (const listener of listeners) Reflect.apply(listener, server, [request, response])
        })
      }),
    )
    noteConnections(server)
    refuseMalformed(server)
    if (isProduction) server.removeAllListeners('upgrade')
  }
  if (isProduction) for (const socket of upgradingSockets()) socket.destroy()
}

/** Makes a request for a static file one that Next.js can answer. @returns false if it was refused */
function prepareStatic(request: IncomingMessage, response: ServerResponse): boolean {
  for (const name of STATIC_CONDITIONS) delete request.headers[name]
  if (request.method === 'GET' || request.method === 'HEAD') return true
  refuseEarly(request, response, 'METHOD_NOT_ALLOWED', { Allow: 'GET, HEAD' })
  return false
}

export function openServers(): Server[] {
  return openHandles().filter((handle) => handle instanceof Server)
}

/** Connections that asked for an upgrade before the hooks were installed: Next.js would never close them. */
function upgradingSockets(): Socket[] {
  const isUpgrading = (handle: object) =>
    'server' in handle && handle.server instanceof Server && 'parser' in handle && handle.parser === null
  return openHandles().filter((handle) => handle instanceof Socket && isUpgrading(handle)) as Socket[]
}

/** Undocumented, and the only way to a server that other code has created (Node 20 to 26). */
function openHandles(): object[] {
  const { _getActiveHandles } = process as typeof process & { _getActiveHandles: () => object[] }
  return _getActiveHandles.call(process)
}
