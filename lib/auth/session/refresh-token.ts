import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const SECRET_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16
const SEAL_INFO = 'taskward successor v1'

/** An opaque refresh token: 256 random bits in base64url (RFC 6749 section 10.10). */
export function newRefreshToken(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

/**
 * Seals a successor so that only the holder of the token it succeeds can open it: AES-256-GCM under a key
 * derived from the presented token itself (never from its stored hash), bound to the row it lies in.
 */
export function sealSuccessor(successor: string, presented: string, rowId: string): Uint8Array<ArrayBuffer> {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', sealKey(presented), iv)
  cipher.setAAD(Buffer.from(rowId))
  return new Uint8Array(
    Buffer.concat([iv, cipher.update(successor, 'utf8'), cipher.final(), cipher.getAuthTag()]),
  )
}

/** Opens what `sealSuccessor` sealed; throws when token, row or content differ. */
export function openSuccessor(sealed: Uint8Array, presented: string, rowId: string): string {
  const decipher = createDecipheriv('aes-256-gcm', sealKey(presented), sealed.subarray(0, IV_BYTES))
  decipher.setAAD(Buffer.from(rowId))
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
  const content = sealed.subarray(IV_BYTES, -TAG_BYTES)
  return Buffer.concat([decipher.update(content), decipher.final()]).toString('utf8')
}

function sealKey(presented: string): Buffer {
  return Buffer.from(hkdfSync('sha256', presented, '', SEAL_INFO, 32))
}
