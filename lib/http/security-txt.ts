import { nodeEnv } from '#lib/env/node.ts'
import { DAY_SECONDS, secondsLater } from '#lib/time.ts'

/** RFC 9116 section 2.5.5 recommends less than a year. */
const VALID_DAYS = 180

export function securityTxt(now = new Date()): string | null {
  const { securityContact, appUrl } = nodeEnv()
  if (!securityContact) return null
  const expires = secondsLater(now, VALID_DAYS * DAY_SECONDS)
  const lines = [
    `Contact: ${securityContact}`,
    `Expires: ${expires.toISOString()}`,
    'Preferred-Languages: en',
    `Canonical: ${appUrl.origin}/.well-known/security.txt`,
  ]
  return lines.map((line) => `${line}\n`).join('')
}
