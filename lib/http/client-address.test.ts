import { describe, expect, test } from 'vitest'
import { CLIENT_ADDRESS_HEADER } from '#lib/gate/internal-headers.ts'
import { chooseClientAddress } from './before-next/set-client-address.ts'
import { clientAddress, signAddress } from './client-address.ts'

const SOCKET = '203.0.113.9'

describe('the client address', () => {
  test.each([
    ['without proxies the socket decides', '', 0, SOCKET],
    ['without proxies a forged header is ignored', '1.2.3.4', 0, SOCKET],
    ['one proxy: its entry', '198.51.100.7', 1, '198.51.100.7'],
    ['one proxy: what the client wrote before it is ignored', '1.2.3.4, 198.51.100.7', 1, '198.51.100.7'],
    ['two proxies: the entry of the outer one', '198.51.100.7, 10.0.0.2', 2, '198.51.100.7'],
    ['two proxies: lies before it are ignored', '1.2.3.4, 198.51.100.7, 10.0.0.2', 2, '198.51.100.7'],
    ['fewer entries than proxies: the socket', '1.2.3.4', 2, SOCKET],
    ['a proxy that sent nothing: the socket', '', 1, SOCKET],
    ['garbage from a proxy: the socket', '198.51.100.7, unknown', 1, SOCKET],
    ['an entry that breaks out of its place: the socket', '198.51.100.7, <script>', 1, SOCKET],
    ['an IPv4 port is cut', '198.51.100.7:41234', 1, '198.51.100.7'],
    ['an IPv6 port is cut', '[2001:db8::7]:41234', 1, '2001:db8::7'],
    ['one spelling per IPv6 address', '2001:0DB8:0:0::0007', 1, '2001:db8::7'],
    ['a zone is cut', 'fe80::1%eth0', 1, 'fe80::1'],
    ['IPv4 in IPv6 is IPv4', '::ffff:198.51.100.7', 1, '198.51.100.7'],
    ['IPv4 in IPv6, hexadecimal, is IPv4', '::ffff:c633:6407', 1, '198.51.100.7'],
  ])('%s', (_, forwarded, hops, expected) => {
    expect(chooseClientAddress(SOCKET, forwarded, hops)).toBe(expected)
  })

  test('an IPv4-mapped socket address is IPv4', () => {
    expect(chooseClientAddress('::ffff:203.0.113.9', '', 0)).toBe(SOCKET)
  })

  test('uses 0.0.0.0 for a closed socket', () => {
    expect(chooseClientAddress('', '', 0)).toBe('0.0.0.0')
  })

  test('counts only with the server’s signature', () => {
    const read = (value: string) => clientAddress(new Headers({ [CLIENT_ADDRESS_HEADER]: value }))
    const vouched = signAddress(SOCKET)
    expect(read(vouched)).toBe(SOCKET)
    const mac = vouched.split(' ')[1]
    const forged = [
      '',
      SOCKET,
      `${SOCKET} `,
      `${SOCKET} ${'A'.repeat(43)}`,
      `203.0.113.10 ${mac}`,
      ` ${mac}`,
      `${SOCKET}, ${mac}`,
      `${vouched}A`,
      vouched.slice(0, -1),
      `203.0.113.10 ${vouched}`,
    ]
    for (const value of forged) expect(read(value), value).toBe('0.0.0.0')
    expect(clientAddress(new Headers({ 'x-forwarded-for': SOCKET }))).toBe('0.0.0.0')
    expect(clientAddress(new Headers())).toBe('0.0.0.0')
  })
})
