import { randomUUID } from 'node:crypto'
import { query } from './sql.ts'

type GivenFinding = {
  pattern: string
  userId?: string
  network?: string
  confidence?: string
  count?: number
  minutesAgo?: number
  handled?: boolean
}

/** Inserts a finding as the watch does. @returns its id */
export async function insertFinding({
  pattern,
  userId,
  network,
  confidence = 'medium',
  count = 24,
  minutesAgo = 5,
  handled = false,
}: GivenFinding): Promise<string> {
  const id = randomUUID()
  await query(
    `INSERT INTO findings (id, pattern, subject, user_id, network, confidence, first_seen_at, last_seen_at, count,
       details, handled_at)
     VALUES ($1, $2, $3, $4, $5, $6, now() - ($7 + 10) * interval '1 minute', now() - $7 * interval '1 minute', $8,
       '{}', CASE WHEN $9 THEN now() END)`,
    [
      id,
      pattern,
      userId ?? network ?? id,
      userId ?? null,
      network ?? null,
      confidence,
      minutesAgo,
      count,
      handled,
    ],
  )
  return id
}

/**
 * Inserts failed log-ins from an address, one per second. The last one is `minutesAgo`. Without `email` they are to two
 * accounts, which no other test fails to log in to: the watch makes a finding of twenty.
 */
export async function insertFailures(
  count: number,
  { ip, email, minutesAgo = 0 }: { ip: string; email?: string; minutesAgo?: number },
): Promise<void> {
  await query(
    `INSERT INTO auth_events (id, event_type, success, failure_reason, email, ip_address, network, user_agent, created_at)
     SELECT (lpad(to_hex(floor(extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0')
               || '8' || substr(md5(random()::text), 1, 15))::uuid,
       'login_failed', false, 'unknown_account', COALESCE($2, format('unknown-%s@%s.example.com', n % 2, $3::text)), $3, $3, 'curl/8.5.0', at
     FROM generate_series(1, $1::int) AS n,
       LATERAL (SELECT date_trunc('milliseconds', now() - $4 * interval '1 minute' - n * interval '1 second') AS at)`,
    [count, email, ip, minutesAgo],
  )
}
