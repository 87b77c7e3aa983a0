import type { Tx } from '#lib/db/client.ts'
import { cookieFingerprint, networkFingerprint } from './device-fingerprint.ts'
import { knownCookie } from './find-known-device.ts'
import { newToken } from './new-token.ts'
import { KNOWN_DEVICES_LIMIT } from './policy.ts'
import type { SignIn } from './session/start-session.ts'

type RememberedDevice = {
  /** The device cookie's value for a browser; null for an API client, known by its network. */
  deviceToken: string | null
  /** The account did not know it. */
  isNew: boolean
}

export async function rememberDevice(
  tx: Tx,
  { userId, signIn }: { userId: string; signIn: SignIn },
): Promise<RememberedDevice> {
  const { transport, client, deviceToken, now } = signIn
  if (transport === 'bearer') {
    const fingerprint = networkFingerprint(client.network)
    return { deviceToken: null, isNew: await upsertDevice(tx, { userId, fingerprint, lastLoginAt: now }) }
  }
  // Another account may know it: a browser has one cookie for all. One that the server has not issued may be planted.
  const isIssued = deviceToken && (await tx.knownDevice.findFirst({ where: knownCookie(deviceToken, now) }))
  const token = isIssued && deviceToken ? deviceToken : newToken()
  const device = { userId, fingerprint: cookieFingerprint(token), lastLoginAt: now }
  return { deviceToken: token, isNew: await upsertDevice(tx, device) }
}

/** A thief's device may be among them. @param keptToken the cookie of the browser that stays known */
export async function forgetDevices(
  tx: Tx,
  { userId, keptToken }: { userId: string; keptToken?: string | undefined },
): Promise<void> {
  const fingerprint = keptToken && { fingerprint: { not: cookieFingerprint(keptToken) } }
  await tx.knownDevice.deleteMany({ where: { userId, ...fingerprint } })
}

/** Keeps the 50 devices that logged in last: every log-in without the cookie adds one. @returns whether it is new */
async function upsertDevice(
  tx: Tx,
  { userId, fingerprint, lastLoginAt }: { userId: string; fingerprint: string; lastLoginAt: Date },
): Promise<boolean> {
  // A row that the statement has inserted has no `xmax`.
  const [device] = await tx.$queryRaw<{ isNew: boolean }[]>`
    INSERT INTO known_devices (user_id, fingerprint, last_login_at)
    VALUES (${userId}::uuid, ${fingerprint}, ${lastLoginAt}::timestamptz)
    ON CONFLICT (fingerprint, user_id) DO UPDATE SET last_login_at = excluded.last_login_at
    RETURNING xmax = 0 AS "isNew"`
  if (!device?.isNew) return false
  await tx.$executeRaw`
    DELETE FROM known_devices WHERE user_id = ${userId}::uuid AND fingerprint IN (
      SELECT fingerprint FROM known_devices WHERE user_id = ${userId}::uuid
      ORDER BY last_login_at DESC OFFSET ${KNOWN_DEVICES_LIMIT})`
  return true
}
