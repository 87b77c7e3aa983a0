import { createHmac, hkdfSync } from 'node:crypto'
import { PASSWORD_SCHEME } from '#lib/auth/policy.ts'
import { normalisePassword } from './normalise-password.ts'

const PEPPER_ID_BYTES = 8

/** Stored hashes name their pepper by this id, which reveals nothing about it. */
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
 * Without the pepper, a stolen database does not allow guessing (ASVS 11.4.2). Throws for an unknown scheme.
 * @returns 44 characters without NUL: bcrypt would cut its input at 72 bytes and stop at NUL
 */
export function pepperPassword(
  password: string,
  { pepper, scheme = PASSWORD_SCHEME }: { pepper: string; scheme?: number },
): string {
  const prepare = SCHEMES.get(scheme)
  if (!prepare) throw new Error(`Unknown scheme ${scheme}`)
  return createHmac('sha256', pepper).update(prepare(password), 'utf8').digest('base64')
}
