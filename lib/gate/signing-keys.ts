import { edgeEnv } from '#lib/env/edge.ts'

export type SigningKey = { kid: string; key: CryptoKey }

const encoder = new TextEncoder()
let ring: { secrets: string[]; keys: Promise<SigningKey[]> } | undefined

/** The keys of `JWT_SECRET`, newest first: the first signs, all verify. Each `kid` is derived from its secret. */
export function signingKeys(): Promise<SigningKey[]> {
  const secrets = edgeEnv().jwtSecrets
  if (ring?.secrets !== secrets) ring = { secrets, keys: Promise.all(secrets.map(toSigningKey)) }
  return ring.keys
}

async function toSigningKey(secret: string): Promise<SigningKey> {
  const digest = await crypto.subtle.digest('SHA-256', encoder.encode(`taskward kid v1\0${secret}`))
  const kid = Array.from(new Uint8Array(digest, 0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const key = await crypto.subtle.importKey(
    'raw',
    encoder.encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign', 'verify'],
  )
  return { kid, key }
}

const KEY_BITS = 256

/** What a derived key does. */
const USES = {
  mac: { algorithm: { name: 'HMAC', hash: 'SHA-256' }, usages: ['sign', 'verify'] },
  seal: { algorithm: { name: 'AES-GCM' }, usages: ['encrypt', 'decrypt'] },
} as const satisfies Record<string, { algorithm: HmacImportParams | Algorithm; usages: readonly KeyUsage[] }>

type Use = keyof typeof USES

const derived = new Map<string, { secrets: string[]; keys: Promise<CryptoKey[]> }>()

/** One key per secret of the ring, newest first, for the purpose that `info` names (HKDF, RFC 5869). */
export function derivedKeys(info: string, use: Use): Promise<CryptoKey[]> {
  const secrets = edgeEnv().jwtSecrets
  const known = derived.get(info)
  if (known?.secrets === secrets) return known.keys
  const keys = Promise.all(secrets.map((secret) => deriveKey(secret, { info, use })))
  derived.set(info, { secrets, keys })
  return keys
}

async function deriveKey(secret: string, { info, use }: { info: string; use: Use }): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, ['deriveBits'])
  // Not deriveKey: in Node 24 it makes V8 take the slow path for every promise of the process afterwards.
  const bits = await crypto.subtle.deriveBits(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encoder.encode(info) },
    material,
    KEY_BITS,
  )
  const { algorithm, usages } = USES[use]
  return crypto.subtle.importKey('raw', bits, algorithm, false, usages)
}
