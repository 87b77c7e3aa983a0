import { randomBytes } from 'node:crypto'
import { db, type Tx } from '#lib/db/client.ts'
import { daysBefore } from '#lib/time.ts'
import { hashToken } from './hash-token.ts'
import { KNOWN_COOKIE_DAYS, KNOWN_DEVICES_LIMIT, KNOWN_NETWORK_DAYS } from './policy.ts'
import type { SignIn } from './session/start-session.ts'

const COOKIE = 'cookie:'

/**
 * A device known to an account has a throttle of its own, so that an attacker who uses up the account's
 * cannot lock the owner out. Browsers prove it by a cookie, client programs by their network.
 * @returns the fingerprint of the browser, or null where the account does not know it. The accounts are read by the cookie
 *   alone, so that the time shows nothing about the account that the caller asks for
 */
export async function findKnownBrowser(
  email: string,
  deviceToken: string,
  now = new Date(),
): Promise<string | null> {
  const fingerprint = cookieFingerprint(deviceToken)
  const accounts = await db().$queryRaw<{ email: string }[]>`
    SELECT users.email FROM known_devices JOIN users ON users.id = known_devices.user_id
    WHERE known_devices.fingerprint = ${fingerprint}
      AND known_devices.last_login_at > ${daysBefore(now, KNOWN_COOKIE_DAYS)}::timestamptz`
  return accounts.some((account) => account.email === email) ? fingerprint : null
}

/** As `findKnownBrowser` for a client program, for 30 days after its last log-in. One row in any case, for the same reason. */
export async function findKnownNetwork(
  email: string,
  network: string,
  now = new Date(),
): Promise<string | null> {
  const fingerprint = networkFingerprint(network)
  const count = await db().knownDevice.count({
    where: { fingerprint, ...within(KNOWN_NETWORK_DAYS, now), user: { email } },
  })
  return count > 0 ? fingerprint : null
}

function knownCookie(deviceToken: string, now: Date) {
  return { fingerprint: cookieFingerprint(deviceToken), ...within(KNOWN_COOKIE_DAYS, now) }
}

function within(days: number, now: Date) {
  return { lastLoginAt: { gt: daysBefore(now, days) } }
}

/**
 * Remembers where a sign-in succeeded, in its transaction: the network for a client program, the cookie for a browser.
 * @returns the device cookie's value for a browser: the presented one if it is one of ours (it may serve several
 *   accounts), else a new one, so that nobody can plant a cookie that he knows; null for a client program
 */
export async function rememberDevice(
  tx: Tx,
  userId: string,
  { transport, client, deviceToken }: SignIn,
  now = new Date(),
): Promise<string | null> {
  if (transport === 'bearer') {
    await remember(tx, userId, networkFingerprint(client.network), now)
    return null
  }
  const isOurs = deviceToken && (await tx.knownDevice.findFirst({ where: knownCookie(deviceToken, now) }))
  const token = isOurs && deviceToken ? deviceToken : randomBytes(32).toString('base64url')
  await remember(tx, userId, cookieFingerprint(token), now)
  return token
}

/**
 * Forgets the devices of an account: a thief has made their own one of them.
 * @param keptToken the device cookie of the browser that stays known, if it is
 */
export async function forgetDevices(tx: Tx, userId: string, keptToken?: string): Promise<void> {
  const fingerprint = keptToken && { fingerprint: { not: cookieFingerprint(keptToken) } }
  await tx.knownDevice.deleteMany({ where: { userId, ...fingerprint } })
}

/** Of more than 50 devices those that logged in least recently go: each log-in without the cookie adds one. */
async function remember(tx: Tx, userId: string, fingerprint: string, lastLoginAt: Date): Promise<void> {
  await tx.knownDevice.upsert({
    where: { fingerprint_userId: { fingerprint, userId } },
    create: { userId, fingerprint, lastLoginAt },
    update: { lastLoginAt },
    select: { userId: true },
  })
  await tx.$executeRaw`
    DELETE FROM known_devices WHERE user_id = ${userId}::uuid AND fingerprint IN (
      SELECT fingerprint FROM known_devices WHERE user_id = ${userId}::uuid
      ORDER BY last_login_at DESC OFFSET ${KNOWN_DEVICES_LIMIT})`
}

/** Whether a browser proves by its cookie that it has logged in before to the account that a refresh token is of. */
export async function isKnownBrowser(
  deviceToken: string,
  refreshToken: string,
  now = new Date(),
): Promise<boolean> {
  const tokenHash = hashToken(refreshToken)
  const known = await db().knownDevice.findFirst({
    where: {
      ...knownCookie(deviceToken, now),
      user: { sessions: { some: { refreshTokens: { some: { tokenHash } } } } },
    },
    select: { userId: true },
  })
  return known !== null
}

function cookieFingerprint(deviceToken: string): string {
  return `${COOKIE}${Buffer.from(hashToken(deviceToken)).toString('base64url')}`
}

function networkFingerprint(network: string): string {
  return `network:${network}`
}
