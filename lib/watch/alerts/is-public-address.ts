import { BlockList, isIP, isIPv6 } from 'node:net'

/** The special-purpose addresses that are not on the internet (IANA registry, RFC 6890), and multicast. */
const SPECIAL_IPV4 = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12'],
  ...['192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
]

/** Global unicast (RFC 4291, 2.4). Other addresses are local or multicast, or spell an IPv4 address. */
const GLOBAL_IPV6 = '2000::/3'
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

/** Global addresses that lead to a cloud's own services: Azure's wire server, Google's APIs, IBM's endpoints. */
const CLOUD_IPV4 = ['168.63.129.16/32', '199.36.153.4/30', '199.36.153.8/30', '161.26.0.0/16', '166.8.0.0/14']
const CLOUD_IPV6 = ['2600:2d00:2:1000::/64', '2600:2d00:2:2000::/64']

const special4 = blockList([...SPECIAL_IPV4, ...CLOUD_IPV4], 'ipv4')
const global6 = blockList([GLOBAL_IPV6], 'ipv6')
const special6 = blockList([...SPECIAL_IPV6, ...CLOUD_IPV6], 'ipv6')

export function isPublicAddress(address: string): boolean {
  if (isIPv6(address)) return global6.check(address, 'ipv6') && !special6.check(address, 'ipv6')
  return !special4.check(address, 'ipv4')
}

/** Whether the host of a URL is a literal address that is not public. `URL` has normalised its spelling. */
export function namesPrivateAddress({ hostname }: URL): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  return isIP(host) !== 0 && !isPublicAddress(host)
}

function blockList(ranges: string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [start = '', bits] = range.split('/')
    list.addSubnet(start, Number(bits), family)
  }
  return list
}
