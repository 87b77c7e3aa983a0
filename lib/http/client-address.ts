/** Where the one decided address stands, after `learnClientAddresses` has seen the request. */
const HEADER = 'x-forwarded-for'
/** The unspecified address (RFC 4291, 2.5.2): no server has vouched for anything. */
const UNKNOWN = '0.0.0.0'
const GROUPS = 8
const NETWORK_GROUPS = 4

/** The client's address, IPv4 or IPv6, as the server vouches for it: the client cannot choose it. */
export function clientAddress(headers: Headers): string {
  return headers.get(HEADER) ?? UNKNOWN
}

/** What throttles count by. One household or server owns a whole IPv6 /64 and can change addresses at will within it. */
export function network(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail = ''] = address.split('::')
  const before = head.split(':').filter(Boolean)
  const after = tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: GROUPS - before.length - after.length }, () => '0')
  const groups = [...before, ...zeros, ...after].slice(0, NETWORK_GROUPS)
  return `${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
