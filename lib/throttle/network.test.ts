import { describe, expect, test } from 'vitest'
import { formatNetwork, networkOf, parseNetwork } from './network.ts'

describe('the network of an address', () => {
  test.each([
    ['198.51.100.7', '198.51.100.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:db8::6', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::', 'fe80:0:0:0::/64'],
  ])('of %s is %s', (address, expected) => {
    expect(networkOf(address)).toBe(expected)
  })
})

describe('the network for pages', () => {
  test.each([
    ['198.51.100.7', '198.51.100.7'],
    ['2001:db8:1:2::/64', '2001:db8:1:2::/64'],
    ['2001:db8:0:7::/64', '2001:db8:0:7::/64'],
    ['2001:db8:0:0::/64', '2001:db8::/64'],
    ['0:0:0:0::/64', '::/64'],
    ['a deleted account', 'a deleted account'],
  ])('of %s is %s, which is read as the same', (network, expected) => {
    expect(formatNetwork(network)).toBe(expected)
    expect(parseNetwork(expected)).toBe(parseNetwork(network))
  })
})

describe('the network parsed from', () => {
  test.each([
    ['198.51.100.7', '198.51.100.7'],
    ['  198.51.100.7 ', '198.51.100.7'],
    ['198.51.100.7/32', '198.51.100.7'],
    ['::ffff:198.51.100.7', '198.51.100.7'],
    ['::FFFF:C633:6407', '198.51.100.7'],
    ['2001:DB8::0007', '2001:db8:0:0::/64'],
    ['2001:db8:0:0::/64', '2001:db8:0:0::/64'],
    ['2001:db8::/64', '2001:db8:0:0::/64'],
    ['[2001:db8::7]', '2001:db8:0:0::/64'],
    ['0:0:0:0::/64', '0:0:0:0::/64'],
  ])('%s is %s', (text, expected) => {
    expect(parseNetwork(text)).toBe(expected)
  })

  test.each([
    '',
    '/64',
    '198.51.100.0/24',
    '0.0.0.0/0',
    '2001:db8::/32',
    '2001:db8::/128',
    '::/0',
    '::ffff:198.51.100.7/64',
    '198.51.100',
    '198.51.100.7/32/32',
    '0x7f.1',
    '3325256711',
    'localhost',
    'example.com',
    "198.51.100.7'--",
  ])('"%s" is null', (text) => {
    expect(parseNetwork(text)).toBeNull()
  })
})
