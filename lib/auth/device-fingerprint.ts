import { hashToken } from './hash-token.ts'

/** The prefix keeps a network from passing as a cookie, and the other way round. */
export function cookieFingerprint(deviceToken: string): string {
  return `cookie:${Buffer.from(hashToken(deviceToken)).toString('base64url')}`
}

export function networkFingerprint(network: string): string {
  return `network:${network}`
}
