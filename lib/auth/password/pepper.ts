import { createHmac, hkdfSync } from 'node:crypto'
import { PASSWORD_SCHEME } from '#lib/auth/policy.ts'
import { normalisePassword } from './normalise-password.ts'

const PEPPER_ID_BYTES = 8

/** The name under which stored hashes remember their pepper: 11 base64url characters that say nothing about it. */
export function pepperId(pepper: string): string {
  const id = hkdfSync('sha256', pepper, '', 'taskward pepper id v1', PEPPER_ID_BYTES)
  return Buffer.from(id).toString('base64url')
}

/** What each scheme hashes of a password. Scheme 1 took it as it was typed. */
const SCHEMES = new Map<number, (password: string) => string>([
  [1, (password) => password],
  [2, normalisePassword],
])

/**
 * Bcrypt's input: base64(HMAC-SHA-256(pepper, password in UTF-8)). Always 44 characters without NUL, so that bcrypt
 * neither cuts at 72 bytes nor stops at NUL; and a stolen database alone cannot be guessed at (ASVS 11.4.2).
 * Throws for an unknown scheme.
 */
export function pepperPassword(password: string, pepper: string, scheme: number = PASSWORD_SCHEME): string {
  const prepare = SCHEMES.get(scheme)
  if (!prepare) throw new Error(`Unknown scheme ${scheme}`)
  return createHmac('sha256', pepper).update(prepare(password), 'utf8').digest('base64')
}
