import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto'
import { nodeEnv } from '#lib/env/node.ts'
import { CLIENT_ADDRESS_HEADER } from '#lib/gate/internal-headers.ts'

const KEY_INFO = 'taskward client address v1'
/** The unspecified address (RFC 4291, 2.5.2). */
const UNKNOWN = '0.0.0.0'

let key: KeyObject | undefined

/** The value of `CLIENT_ADDRESS_HEADER`: the address and its HMAC-SHA-256 under a key derived from `JWT_SECRET`. */
export function signAddress(address: string): string {
  return `${address} ${macOf(address)}`
}

/** The client's signed address, IPv4 or IPv6; 0.0.0.0 for a request without a valid signature. */
export function clientAddress(headers: Headers): string {
  return readSignedAddress(headers.get(CLIENT_ADDRESS_HEADER)) ?? UNKNOWN
}

export function readSignedAddress(value: string | null | undefined): string | null {
  if (!value) return null
  const [address = '', mac = ''] = value.split(' ')
  const [given, expected] = [Buffer.from(mac), Buffer.from(macOf(address))]
  return given.length === expected.length && timingSafeEqual(given, expected) ? address : null
}

function macOf(address: string): string {
  // Each HMAC with a key of bytes makes a key object: 13 µs instead of 2.
  key ??= createSecretKey(Buffer.from(hkdfSync('sha256', String(nodeEnv().jwtSecrets[0]), '', KEY_INFO, 32)))
  return createHmac('sha256', key).update(address).digest('base64url')
}
