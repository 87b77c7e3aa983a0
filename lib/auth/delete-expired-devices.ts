import type { Tx } from '#lib/db/client.ts'
import { KNOWN_COOKIE_DAYS, KNOWN_NETWORK_DAYS } from './policy.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** Deletes devices from which the account has not logged in for so long that they no longer count as known. */
export async function deleteExpiredDevices(tx: Tx, limit: number, now: Date): Promise<number> {
  const daysAgo = (days: number) => new Date(now.getTime() - days * DAY_MS)
  return tx.$executeRaw`
    DELETE FROM known_devices WHERE (fingerprint, user_id) IN (
      SELECT fingerprint, user_id FROM known_devices
      WHERE split_part(fingerprint, ':', 1) = 'network' AND last_login_at <= ${daysAgo(KNOWN_NETWORK_DAYS)}::timestamptz
         OR split_part(fingerprint, ':', 1) = 'cookie' AND last_login_at <= ${daysAgo(KNOWN_COOKIE_DAYS)}::timestamptz
      LIMIT ${limit} FOR UPDATE SKIP LOCKED)`
}
