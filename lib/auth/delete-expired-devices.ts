import type { Tx } from '#lib/db/client.ts'
import { daysBefore } from '#lib/time.ts'
import { KNOWN_COOKIE_DAYS, KNOWN_NETWORK_DAYS } from './policy.ts'

export async function deleteExpiredDevices(tx: Tx, limit: number, now: Date): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM known_devices WHERE (fingerprint, user_id) IN (
      SELECT fingerprint, user_id FROM known_devices
      WHERE split_part(fingerprint, ':', 1) = 'network' AND last_login_at <= ${daysBefore(now, KNOWN_NETWORK_DAYS)}::timestamptz
         OR split_part(fingerprint, ':', 1) = 'cookie' AND last_login_at <= ${daysBefore(now, KNOWN_COOKIE_DAYS)}::timestamptz
      LIMIT ${limit} FOR UPDATE SKIP LOCKED)`
}
