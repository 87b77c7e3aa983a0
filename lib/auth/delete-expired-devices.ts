import type { Tx } from '#lib/db/client.ts'
import { daysBefore } from '#lib/time.ts'
import { KNOWN_COOKIE_DAYS, KNOWN_NETWORK_DAYS } from './policy.ts'

export async function deleteExpiredDevices(tx: Tx, limit: number, now: Date): Promise<number> {
  return tx.$executeRaw`
    WITH batch AS MATERIALIZED (
      SELECT fingerprint, user_id FROM known_devices
      WHERE split_part(fingerprint, ':', 1) = 'network' AND last_login_at <= ${daysBefore(now, KNOWN_NETWORK_DAYS)}::timestamptz
         OR split_part(fingerprint, ':', 1) = 'cookie' AND last_login_at <= ${daysBefore(now, KNOWN_COOKIE_DAYS)}::timestamptz
      LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ) DELETE FROM known_devices USING batch
    WHERE known_devices.fingerprint = batch.fingerprint AND known_devices.user_id = batch.user_id`
}
