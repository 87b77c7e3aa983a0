import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { CLIENT_ADDRESS_HEADER } from '#lib/gate/internal-headers.ts'
import { parseAddress } from '#lib/throttle/network.ts'
import { readSignedAddress, signAddress } from '../client-address.ts'
import { normalizeTarget } from './normalize-target.ts'

const FORGEABLE = [
  'x-forwarded-for',
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'x-cluster-client-ip',
  'true-client-ip',
  'cf-connecting-ip',
  'fastly-client-ip',
]

/** Node's parser accepts these, but `new Request` throws (Fetch, 2.2.1), so Next.js would answer 500. */
const UNREQUESTABLE = new Set(['TRACE', 'TRACK', 'CONNECT'])

/** @param trustedHops the number of proxies in front that append to X-Forwarded-For */
export function setClientAddress(trustedHops: number): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    const { headers } = request
    const socketAddress = request.socket.remoteAddress ?? ''
    // Next.js forwards some server actions to itself, with the headers of the original request.
    const given = headers[CLIENT_ADDRESS_HEADER]
    const isOwn = typeof given === 'string' && readSignedAddress(given) !== null
    if (!isOwn) {
      const forwarded = String(headers['x-forwarded-for'] ?? '')
      headers[CLIENT_ADDRESS_HEADER] = signAddress(chooseClientAddress(socketAddress, forwarded, trustedHops))
    }
    for (const name of FORGEABLE) delete headers[name]
    if (UNREQUESTABLE.has(request.method ?? '')) request.method = `X-${request.method}`
    request.url = normalizeTarget(request.url ?? '/', request.method)
  })
}

/** The n-th entry from the right of X-Forwarded-For, if valid; else the socket's, because clients forge all others. */
export function chooseClientAddress(socketAddress: string, forwarded: string, trustedHops: number): string {
  const entry = trustedHops > 0 ? forwarded.split(',').at(-trustedHops) : undefined
  return parseAddress(entry ?? '') ?? parseAddress(socketAddress) ?? '0.0.0.0'
}
