import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { CLIENT_ADDRESS_HEADER } from '#lib/gate/internal-headers.ts'
import { parseAddress } from '#lib/throttle/network.ts'
import { readSignedAddress, signAddress } from '../client-address.ts'
import { normalizeTarget } from './normalize-target.ts'

/** Headers in which proxies name clients, and clients name whom they like. */
const RUMOURS = [
  'x-forwarded-for',
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'true-client-ip',
  'cf-connecting-ip',
  'fastly-client-ip',
]

/** Methods that Node's parser lets through, but for which a `Request` cannot be made (Fetch, 2.2.1): Next answers 500. */
const UNREQUESTABLE = new Set(['TRACE', 'TRACK', 'CONNECT'])

/**
 * Decides the client's address of every request of this process's HTTP servers before Next sees it, and hands it on with
 * a proof that no client can make. `trustedHops`: how many proxies in front append to X-Forwarded-For.
 */
export function setClientAddress(trustedHops: number): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    const { headers } = request
    const socketAddress = request.socket.remoteAddress ?? ''
    // Next forwards some server actions to itself, with the headers of the request that it answers.
    const isOwn = readSignedAddress(String(headers[CLIENT_ADDRESS_HEADER])) !== null
    if (!isOwn) {
      const forwarded = String(headers['x-forwarded-for'] ?? '')
      headers[CLIENT_ADDRESS_HEADER] = signAddress(chooseClientAddress(socketAddress, forwarded, trustedHops))
    }
    for (const rumour of RUMOURS) delete headers[rumour]
    if (UNREQUESTABLE.has(request.method ?? '')) request.method = `X-${request.method}`
    request.url = normalizeTarget(request.url ?? '/', request.method)
  })
}

/**
 * The address that the outermost trusted proxy saw: the n-th entry from the right of X-Forwarded-For, or the socket's
 * without proxies. Where that entry is missing or no address, something came around a proxy: the socket's again,
 * since everything else might be the client's own invention.
 */
export function chooseClientAddress(socketAddress: string, forwarded: string, trustedHops: number): string {
  const entry = trustedHops > 0 ? forwarded.split(',').at(-trustedHops) : undefined
  return parseAddress(entry ?? '') ?? parseAddress(socketAddress) ?? '0.0.0.0'
}
