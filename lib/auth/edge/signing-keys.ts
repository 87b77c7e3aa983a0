import { edgeEnv } from '#lib/env/edge'

export type SigningKey = { kid: string; key: CryptoKey }

const encoder = new TextEncoder()
let ring: { secrets: string[]; keys: Promise<SigningKey[]> } | undefined

/** The keys of `JWT_SECRET`, newest first: the first signs, all verify. The `kid` is derived, so it never needs configuring. */
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
