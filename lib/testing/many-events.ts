import type pg from 'pg'
import { daysBefore } from '#lib/time.ts'

/** Of which the first has more events than the throttles let an account under attack have in a month. */
const USERS = 2000
const BUSIEST_EVENTS = 50_000
/** Of which the first has a tenth of all events. */
const ADDRESSES = 5000
const CHUNK = 500_000
const DAYS = 30

type Many = { busiestUserId: string; busiestAddress: string; quietUserId: string; from: Date; to: Date }

/**
 * Fills auth_events with `count` events of the last 30 days, in the mix of a large instance under attack: mostly
 * renewals, a sixth log-ins, a tenth failures. They are no work of the application's, so they have no MACs; charts get
 * their hourly counts and one seal that covers all.
 */
export async function fillEvents(client: pg.Client, count: number, now = new Date()): Promise<Many> {
  const indexes = await dropIndexes(client)
  const from = daysBefore(now, DAYS)
  const stepMs = (now.getTime() - from.getTime()) / count
  const oneIn = Math.max(20, Math.round(count / BUSIEST_EVENTS))
  for (let first = 0; first < count; first += CHUNK) {
    await client.query(INSERT, [first, Math.min(first + CHUNK, count) - 1, from.getTime(), stepMs, oneIn])
  }
  for (const definition of indexes) await client.query(definition)
  await client.query(COUNT)
  await client.query(SEAL, [count, now])
  await client.query('VACUUM (ANALYZE) auth_events')
  return {
    busiestUserId: userId(0),
    quietUserId: userId(USERS - 1),
    busiestAddress: '10.0.0.0',
    from,
    to: now,
  }
}

function userId(number: number): string {
  return `00000000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`
}

/** They are quicker made anew than kept. */
async function dropIndexes(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
     WHERE tablename = 'auth_events' AND indexname <> 'auth_events_pkey'`,
  )
  for (const { name } of rows) await client.query(`DROP INDEX "${name}"`)
  return rows.map(({ definition }) => definition)
}

// A hash of the row's number replaces chance, so that every run makes the same events.
const INSERT = `
  INSERT INTO auth_events (id, event_type, success, failure_reason, user_id, ip_address, network, user_agent, created_at)
  SELECT (lpad(to_hex(ms), 12, '0') || '7' || substr(hash, 1, 3) || '8' || substr(hash, 4, 15))::uuid,
         type, type NOT IN ('login_failed', 'throttled', 'access_denied'),
         CASE type WHEN 'login_failed' THEN 'wrong_password' WHEN 'throttled' THEN 'login.pair'
                   WHEN 'access_denied' THEN 'foreign_path' END,
         ('00000000-0000-7000-8000-' || lpad(to_hex(CASE WHEN a % $5::int = 0 THEN 0 ELSE 1 + a % (${USERS} - 1) END), 12, '0'))::uuid,
         address, address, 'Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0',
         to_timestamp(ms / 1000.0)
  FROM (
    SELECT ms, hash, a,
           '10.0.' || CASE WHEN b % 10 = 0 THEN '0.0' ELSE (b % ${ADDRESSES} / 250) || '.' || b % 250 END AS address,
           CASE WHEN c < 60 THEN 'token_refreshed' WHEN c < 76 THEN 'login' WHEN c < 86 THEN 'login_failed'
                WHEN c < 93 THEN 'logout' WHEN c < 95 THEN 'throttled' WHEN c < 97 THEN 'session_revoked'
                WHEN c < 98 THEN 'access_denied' WHEN c < 99 THEN 'signup' ELSE 'password_changed' END AS type
    FROM (
      SELECT ($3::float8 + i * $4::float8)::bigint AS ms, hash,
             ('x' || substr(hash, 1, 7))::bit(28)::int AS a, ('x' || substr(hash, 8, 7))::bit(28)::int AS b,
             ('x' || substr(hash, 15, 7))::bit(28)::int % 100 AS c
      FROM (SELECT i, md5(i::text) AS hash FROM generate_series($1::bigint, $2::bigint) i) numbers
    ) chances
  ) events`

const COUNT = `
  INSERT INTO auth_event_counts (hour, event_type, success, count)
  SELECT date_trunc('hour', created_at, 'UTC'), event_type, success, count(*) FROM auth_events GROUP BY 1, 2, 3`

const SEAL = `
  INSERT INTO audit_seals (number, era, to_xid, to_id, event_count, total_count, entries, entries_digest, head, sealed_at, last_event_at)
  VALUES (1, 0, pg_current_xact_id(), '00000000-0000-0000-0000-000000000000', $1::int, $1::bigint, '', '', '', $2, $2)`
