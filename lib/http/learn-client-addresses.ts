import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { isIP, isIPv6 } from 'node:net'
import { toReadableTarget } from './readable-target'

/** Headers in which proxies name clients, and clients name whom they like. */
const RUMOURS = [
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
 * Decides the client's address of every request of this process's HTTP servers before Next sees it, and leaves it as
 * the only entry of X-Forwarded-For. `trustedHops`: how many proxies in front append to that header.
 */
export function learnClientAddresses(trustedHops: number): void {
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage }
    const forwarded = request.headers['x-forwarded-for']
    const socketAddress = request.socket.remoteAddress ?? ''
    request.headers['x-forwarded-for'] = decideAddress(socketAddress, String(forwarded ?? ''), trustedHops)
    for (const rumour of RUMOURS) delete request.headers[rumour]
    if (UNREQUESTABLE.has(request.method ?? '')) request.method = `X-${request.method}`
    request.url = toReadableTarget(request.url ?? '/')
  })
}

/**
 * The address that the outermost trusted proxy saw: the n-th entry from the right of X-Forwarded-For, or the socket's
 * without proxies. Where that entry is missing or no address, something came around a proxy: the socket's again,
 * since everything else might be the client's own invention.
 */
export function decideAddress(socketAddress: string, forwarded: string, trustedHops: number): string {
  const entry = trustedHops > 0 ? forwarded.split(',').at(-trustedHops) : undefined
  return toAddress(entry ?? '') ?? toAddress(socketAddress) ?? '0.0.0.0'
}

/** One spelling per address: no port, no zone, IPv4 out of IPv4-mapped IPv6. Null for anything that is no address. */
function toAddress(text: string): string | null {
  const trimmed = text.trim().replace(/^"(.*)"$/, '$1')
  const bare = /^\[([^\]]+)\](:\d+)?$/.exec(trimmed)?.[1] ?? /^([\d.]+):\d+$/.exec(trimmed)?.[1] ?? trimmed
  const address = bare.replace(/%.*$/, '')
  if (!isIP(address)) return null
  if (!isIPv6(address)) return address
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const [, high, low] = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(canonical) ?? []
  if (high === undefined || low === undefined) return canonical
  const bytes = [high, low].map((group) => Number.parseInt(group, 16)).flatMap((n) => [n >> 8, n & 255])
  return bytes.join('.')
}
