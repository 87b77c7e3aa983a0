import { createHash } from 'node:crypto'

/** What the database keeps of a token. Neither salted nor stretched, because a token is 256 random bits (ASVS 6.5.2). */
export function hashToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest())
}
