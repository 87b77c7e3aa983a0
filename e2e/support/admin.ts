import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { type Account, signUp } from './api.ts'
import { logInAs } from './sessions.ts'
import { query } from './sql.ts'

/** A new account with the role of an administrator. */
export async function createAdmin(): Promise<Account> {
  const account = await signUp()
  await query("UPDATE users SET role = 'admin' WHERE id = $1", [account.userId])
  return account
}

/** Logs in to a new administrator's account. */
export async function logInAsAdmin(page: Page, options: { path?: string } = {}): Promise<Account> {
  const admin = await createAdmin()
  await logInAs(page, admin, options)
  return admin
}

type GivenFinding = {
  pattern: string
  userId?: string
  network?: string
  confidence?: string
  count?: number
  minutesAgo?: number
  handled?: boolean
}

/** A suspicious pattern, as if the watch had seen it. @returns its id */
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

/** Events of an address, one per second up to `minutesAgo`, all failed log-ins that somebody typed `email` for. */
export async function insertFailures(
  count: number,
  { ip, email = 'nobody@example.com', minutesAgo = 0 }: { ip: string; email?: string; minutesAgo?: number },
): Promise<void> {
  await query(
    `INSERT INTO auth_events (id, event_type, success, failure_reason, email, ip_address, network, user_agent, created_at)
     SELECT (lpad(to_hex(floor(extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex(n % 4096), 3, '0')
               || '8' || substr(md5(random()::text), 1, 15))::uuid,
       'login_failed', false, 'unknown_account', $2, $3, $3, 'curl/8.5.0', at
     FROM generate_series(1, $1::int) AS n,
       LATERAL (SELECT date_trunc('milliseconds', now() - $4 * interval '1 minute' - n * interval '1 second') AS at)`,
    [count, email, ip, minutesAgo],
  )
}
