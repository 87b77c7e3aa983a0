import type { Account } from './api.ts'
import { query } from './sql.ts'

export const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0'

/** Inserts events of the last three weeks for an account. Every third is a log-in, the others failed log-ins. */
export async function insertEvents({ userId }: Account, count: number): Promise<void> {
  await query(
    `INSERT INTO auth_events (id, event_type, success, failure_reason, user_id, ip_address, user_agent, created_at)
     SELECT (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || '70008' || lpad(number::text, 15, '0'))::uuid,
       CASE WHEN works THEN 'login' ELSE 'login_failed' END, works, CASE WHEN works THEN NULL ELSE 'wrong_password' END,
       $1, '2001:db8::1', $2, date_trunc('milliseconds', moment)
     FROM (
       SELECT number, number % 3 = 0 AS works, now() - interval '20 days' * (number::float / $3) ^ 2 - interval '1 second' AS moment
       FROM generate_series(1, $3) AS number
     ) AS past`,
    [userId, FIREFOX, count],
  )
}

/** Inserts 15 failed log-ins of the last 15 minutes from two addresses, and the alert about them. */
export async function insertAttack({ userId }: Account): Promise<void> {
  await query(
    `INSERT INTO auth_events (id, event_type, success, failure_reason, user_id, ip_address, user_agent, details, created_at)
     SELECT (lpad(to_hex((extract(epoch FROM moment) * 1000)::bigint), 12, '0') || '70008' || lpad(number::text, 15, '0'))::uuid,
       CASE WHEN number = 16 THEN 'alert' ELSE 'login_failed' END, number = 16,
       CASE WHEN number < 16 THEN 'wrong_password' END, $1, CASE WHEN number < 16 THEN '2001:db8::' || number % 2 END,
       CASE WHEN number < 16 THEN $2 END, CASE WHEN number = 16 THEN '{"pattern": "account_failures"}'::jsonb END,
       date_trunc('milliseconds', moment)
     FROM (
       SELECT number, now() - interval '1 minute' * (16 - number) - interval '70 minutes' AS moment
       FROM generate_series(1, 16) AS number
     ) AS past`,
    [userId, FIREFOX],
  )
}
