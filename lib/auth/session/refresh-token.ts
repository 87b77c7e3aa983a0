import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const SECRET_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16
const SEAL_INFO = 'taskward successor v1'

/** 256 random bits in base64url (RFC 6749 section 10.10). */
export function newRefreshToken(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

/** What opens a seal: the used token itself, never its stored hash, and the id of the row that holds the seal. */
type SealKey = { secret: string; rowId: string }

/** AES-256-GCM under a key derived from the used token: the database alone cannot open it. */
export function sealSuccessor(successor: string, { secret, rowId }: SealKey): Uint8Array<ArrayBuffer> {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', deriveKey(secret), iv)
  cipher.setAAD(Buffer.from(rowId))
  return new Uint8Array(
    Buffer.concat([iv, cipher.update(successor, 'utf8'), cipher.final(), cipher.getAuthTag()]),
  )
}

/** Throws if secret, row or content differ. */
export function openSuccessor(sealed: Uint8Array, { secret, rowId }: SealKey): string {
  const decipher = createDecipheriv('aes-256-gcm', deriveKey(secret), sealed.subarray(0, IV_BYTES))
  decipher.setAAD(Buffer.from(rowId))
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
  const content = sealed.subarray(IV_BYTES, -TAG_BYTES)
  return Buffer.concat([decipher.update(content), decipher.final()]).toString('utf8')
}

function deriveKey(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', SEAL_INFO, 32))
}
