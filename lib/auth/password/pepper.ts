import { createHmac, hkdfSync } from 'node:crypto'
import { PASSWORD_SCHEME } from '#lib/auth/policy.ts'
import { normalisePassword } from './normalise-password.ts'

const PEPPER_ID_BYTES = 8

/** Stored hashes name their pepper by this id: 11 base64url characters, from which nothing about it can be derived. */
export function derivePepperId(pepper: string): string {
  const id = hkdfSync('sha256', pepper, '', 'taskward pepper id v1', PEPPER_ID_BYTES)
  return Buffer.from(id).toString('base64url')
}

/** Scheme 1 hashes a password as typed (docs/decisions/0027-passwords-in-nfc.md). */
const SCHEMES = new Map<number, (password: string) => string>([
  [1, (password) => password],
  [2, normalisePassword],
])

/**
 * Returns bcrypt's input: base64(HMAC-SHA-256(pepper, password in UTF-8)). It has 44 characters without NUL, so bcrypt
 * neither cuts it at 72 bytes nor stops at NUL. Without the pepper, a stolen database does not allow guessing
 * (ASVS 11.4.2). Throws for an unknown scheme.
 */
export function pepperPassword(
  password: string,
  { pepper, scheme = PASSWORD_SCHEME }: { pepper: string; scheme?: number },
): string {
  const prepare = SCHEMES.get(scheme)
  if (!prepare) throw new Error(`Unknown scheme ${scheme}`)
  return createHmac('sha256', pepper).update(prepare(password), 'utf8').digest('base64')
}
