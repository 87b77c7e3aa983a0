import type { Tx } from '#lib/db/client.ts'
import { cookieFingerprint, networkFingerprint } from './device-fingerprint.ts'
import { knownCookie } from './find-known-device.ts'
import { newToken } from './new-token.ts'
import { KNOWN_DEVICES_LIMIT } from './policy.ts'
import type { SignIn } from './session/start-session.ts'

/** @returns the device cookie's value for a browser; null for an API client, known by its network */
export async function rememberDevice(
  tx: Tx,
  { userId, signIn }: { userId: string; signIn: SignIn },
): Promise<string | null> {
  const { transport, client, deviceToken, now } = signIn
  if (transport === 'bearer') {
    await upsertDevice(tx, { userId, fingerprint: networkFingerprint(client.network), lastLoginAt: now })
    return null
  }
  // Another account may know it: a browser has one cookie for all. One that the server has not issued may be planted.
  const isIssued = deviceToken && (await tx.knownDevice.findFirst({ where: knownCookie(deviceToken, now) }))
  const token = isIssued && deviceToken ? deviceToken : newToken()
  await upsertDevice(tx, { userId, fingerprint: cookieFingerprint(token), lastLoginAt: now })
  return token
}

/** A thief's device may be among them. @param keptToken the cookie of the browser that stays known */
export async function forgetDevices(
  tx: Tx,
  { userId, keptToken }: { userId: string; keptToken?: string | undefined },
): Promise<void> {
  const fingerprint = keptToken && { fingerprint: { not: cookieFingerprint(keptToken) } }
  await tx.knownDevice.deleteMany({ where: { userId, ...fingerprint } })
}

/** Keeps the 50 devices that logged in last: every log-in without the cookie adds one. */
async function upsertDevice(
  tx: Tx,
  { userId, fingerprint, lastLoginAt }: { userId: string; fingerprint: string; lastLoginAt: Date },
): Promise<void> {
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
