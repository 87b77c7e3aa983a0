import { isIP, isIPv6 } from 'node:net'

const GROUPS = 8
const NETWORK_GROUPS = 4

/** Gives every address one spelling: without port and zone, and IPv4 instead of IPv4-mapped IPv6. */
export function parseAddress(text: string): string | null {
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

/** Throttles count by network, because one household or server owns a whole IPv6 /64. @param address from `parseAddress` */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail = ''] = address.split('::')
  const before = head.split(':').filter(Boolean)
  const after = tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: GROUPS - before.length - after.length }, () => '0')
  const groups = [...before, ...zeros, ...after].slice(0, NETWORK_GROUPS)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}

/** For pages: an IPv6 network as RFC 5952 shortens it. Stored ones keep the spelling of `networkOf`, which events are found by. */
export function formatNetwork(network: string): string {
  return network.replace(/^[^/]+/, (address) => parseAddress(address) ?? address)
}

/** Accepts an IPv4 address, an IPv6 address or an IPv6 /64. @returns null for anything else, including wider networks */
export function parseNetwork(text: string): string | null {
  const [, start = '', prefix] = /^([^/]*)(?:\/(\d+))?$/.exec(text.trim()) ?? []
  const address = parseAddress(start)
  if (address === null) return null
  const own = address.includes(':') ? '64' : '32'
  return prefix === undefined || prefix === own ? networkOf(address) : null
}
