import { createHmac, hkdfSync } from 'node:crypto'

const PEPPER_ID_BYTES = 8

/** The name under which stored hashes remember their pepper: 11 base64url characters that say nothing about it. */
export function pepperId(pepper: string): string {
  const id = hkdfSync('sha256', pepper, '', 'taskward pepper id v1', PEPPER_ID_BYTES)
  return Buffer.from(id).toString('base64url')
}

/**
 * Scheme 1, bcrypt's input: base64(HMAC-SHA-256(pepper, password in UTF-8)). Always 44 characters without NUL, so that
 * bcrypt neither cuts at 72 bytes nor stops at NUL; and a stolen database alone cannot be guessed at (ASVS 11.4.2).
 */
export function pepperPassword(password: string, pepper: string): string {
  return createHmac('sha256', pepper).update(password, 'utf8').digest('base64')
}
