import { createHmac, createSecretKey, hkdfSync, type KeyObject, timingSafeEqual } from 'node:crypto'
import { nodeEnv } from '#lib/env/node.ts'
import { CLIENT_ADDRESS_HEADER } from '#lib/gate/internal-headers.ts'
import { keepNewest } from '#lib/keep-newest.ts'

const KEY_INFO = 'taskward client address v1'
/** The unspecified address (RFC 4291, 2.5.2). */
const UNKNOWN = '0.0.0.0'

let key: KeyObject | undefined

/** Of addresses that sent requests lately, since the same clients come again. */
const MAX_KEPT = 100
const signed = new Map<string, string>()

/** The value of `CLIENT_ADDRESS_HEADER`: the address and its HMAC-SHA-256 under a key derived from `JWT_SECRET`. */
export function signAddress(address: string): string {
  const value = computeSigned(address)
  keepNewest(signed, address, { value, max: MAX_KEPT })
  return value
}

/** The client's signed address, IPv4 or IPv6; 0.0.0.0 for a request without a valid signature. */
export function clientAddress(headers: Headers): string {
  return readSignedAddress(headers.get(CLIENT_ADDRESS_HEADER)) ?? UNKNOWN
}

export function readSignedAddress(value: string | null | undefined): string | null {
  if (!value) return null
  const [address = ''] = value.split(' ', 1)
  const expected = computeSigned(address)
  const [given, wanted] = [Buffer.from(value), Buffer.from(expected)]
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null
  // Not before: what an attacker makes up takes no place.
  keepNewest(signed, address, { value: expected, max: MAX_KEPT })
  return address
}

function computeSigned(address: string): string {
  const known = signed.get(address)
  if (known) return known
  // Each HMAC with a key of bytes makes a key object: 13 µs instead of 2.
  key ??= createSecretKey(Buffer.from(hkdfSync('sha256', String(nodeEnv().jwtSecrets[0]), '', KEY_INFO, 32)))
  return `${address} ${createHmac('sha256', key).update(address).digest('base64url')}`
}
