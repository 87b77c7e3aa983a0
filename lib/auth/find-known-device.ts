import { db } from '#lib/db/client.ts'
import { daysBefore } from '#lib/time.ts'
import { cookieFingerprint, networkFingerprint } from './device-fingerprint.ts'
import { hashToken } from './hash-token.ts'
import { KNOWN_COOKIE_DAYS, KNOWN_NETWORK_DAYS } from './policy.ts'

/**
 * A known device has a throttle of its own: attackers cannot lock the owner out (OWASP, "Slow Down Online Guessing Attacks
 * with Device Cookies"). The query selects by the cookie alone, so that its time shows nothing about the account.
 * @returns the browser's fingerprint
 */
export async function findKnownBrowser({
  email,
  deviceToken,
  now,
}: {
  email: string
  deviceToken: string
  now: Date
}): Promise<string | null> {
  const fingerprint = cookieFingerprint(deviceToken)
  const accounts = await db().$queryRaw<{ email: string }[]>`
    SELECT users.email FROM known_devices JOIN users ON users.id = known_devices.user_id
    WHERE known_devices.fingerprint = ${fingerprint}
      AND known_devices.last_login_at > ${daysBefore(now, KNOWN_COOKIE_DAYS)}::timestamptz`
  return accounts.some((account) => account.email === email) ? fingerprint : null
}

/** For API clients, which have no cookie. Reads one row in any case. */
export async function findKnownNetwork({
  email,
  network,
  now,
}: {
  email: string
  network: string
  now: Date
}): Promise<string | null> {
  const fingerprint = networkFingerprint(network)
  const lastLoginAt = { gt: daysBefore(now, KNOWN_NETWORK_DAYS) }
  const count = await db().knownDevice.count({ where: { fingerprint, lastLoginAt, user: { email } } })
  return count > 0 ? fingerprint : null
}

export async function isKnownBrowser({
  deviceToken,
  refreshToken,
  now,
}: {
  deviceToken: string
  refreshToken: string
  now: Date
}): Promise<boolean> {
  const known = await db().knownDevice.findFirst({
    where: {
      ...knownCookie(deviceToken, now),
      user: { sessions: { some: { refreshTokens: { some: { tokenHash: hashToken(refreshToken) } } } } },
    },
    select: { userId: true },
  })
  return known !== null
}

export function knownCookie(deviceToken: string, now: Date) {
  return {
    fingerprint: cookieFingerprint(deviceToken),
    lastLoginAt: { gt: daysBefore(now, KNOWN_COOKIE_DAYS) },
  }
}
