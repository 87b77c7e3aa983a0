import { randomBytes } from 'node:crypto'

/** 256 random bits in base64url (ASVS 7.2.3). */
export function newToken(): string {
  return randomBytes(32).toString('base64url')
}
