import { randomUUID } from 'node:crypto'
import { beforeEach, expect, test } from 'vitest'
import { db, type Tx } from '#lib/db/client.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { failures, happening, putEvents } from '#lib/testing/put-events.ts'
import { secondsLater } from '#lib/time.ts'
import { detectFindings } from './detect-findings.ts'

const NOW = new Date('2026-11-20T12:00:00.000Z')
const OLD_EVENTS = 40_000

beforeEach(emptyTables)

/** A long trail: a minute from one event to the next, up to the day before, a third of them failures. */
async function putLongTrail(): Promise<void> {
  await db().$executeRaw`
    INSERT INTO auth_events (id, event_type, success, failure_reason, user_id, network, created_at)
    SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7000' || '8000' || lpad(to_hex(n), 12, '0'))::uuid,
           (ARRAY['login', 'token_refreshed', 'login_failed'])[n % 3 + 1], n % 3 < 2,
           CASE WHEN n % 3 = 2 THEN 'wrong_password' END, gen_random_uuid(), '192.0.2.' || n % 250, at
    FROM generate_series(1, ${OLD_EVENTS}) AS n,
         LATERAL (SELECT ${secondsLater(NOW, -86_400)}::timestamptz - n * interval '1 minute' AS at) AS moment`
  await db().$executeRaw`VACUUM ANALYZE auth_events`
}

/** What this connection has read of the trail lately. */
async function readsOf(tx: Tx): Promise<{ scans: number; rows: number }> {
  const [reads] = await tx.$queryRaw<{ scans: number; rows: number }[]>`
    SELECT seq_scan::int AS scans, (seq_tup_read + idx_tup_fetch)::int AS rows
    FROM pg_stat_xact_user_tables WHERE relname = 'auth_events'`
  return reads ?? { scans: 0, rows: 0 }
}

test('reads only its windows, by index, in a long trail', async () => {
  await putLongTrail()
  const userId = randomUUID()
  await putEvents(...failures(25, NOW, () => ({ userId })))
  await db().$transaction(async (tx) => {
    const before = await readsOf(tx)
    expect(await detectFindings(NOW, tx)).toHaveLength(1)
    const after = await readsOf(tx)
    expect(after.scans).toBe(before.scans)
    expect(after.rows - before.rows).toBeLessThan(10 * 25)
  })
})

test('finds simultaneous attacks once each', async () => {
  const userId = randomUUID()
  await putEvents(
    ...failures(20, NOW, () => ({ userId, network: '192.0.2.1' })),
    ...failures(10, NOW, () => ({ userId: randomUUID(), network: '198.51.100.7' })),
  )
  expect(await detectFindings(NOW)).toMatchObject([
    { pattern: 'password_spraying', subject: '198.51.100.7' },
    { pattern: 'account_failures', subject: userId },
  ])
})

test('finds the hundred biggest attacks in a flood, and the newest log-ins of an account', async () => {
  const [userId, sessionId] = [randomUUID(), randomUUID()]
  const guesses = Array.from({ length: 102 }, (_, index) =>
    failures(index === 101 ? 21 : 20, NOW, (host) => ({
      email: `${index}@example.com`,
      network: `10.0.${index}.${host}`,
    })),
  )
  const logins = Array.from({ length: 50 }, (_, index) =>
    happening('login', secondsLater(NOW, index - 50), { userId, sessionId, network: '192.0.2.1' }),
  )
  await putEvents(...guesses.flat(), ...failures(10, secondsLater(NOW, -60), () => ({ userId })), ...logins)
  const found = await detectFindings(NOW)
  expect(found[0]).toMatchObject({ pattern: 'account_failures', subject: '101@example.com', count: 21 })
  expect(found.filter(({ pattern }) => pattern === 'account_failures')).toHaveLength(100)
  const seen = found
    .filter(({ pattern }) => pattern === 'login_after_failures')
    .map(({ lastSeenAt }) => lastSeenAt)
  expect(seen).toEqual([-5, -4, -3, -2, -1].map((seconds) => secondsLater(NOW, seconds)))
})

test('limits the work for a session that renews without pause', async () => {
  const [userId, sessionId] = [randomUUID(), randomUUID()]
  const races = Array.from({ length: 5000 }, (_, index) =>
    happening('refresh_token_raced', secondsLater(NOW, index / 20 - 250), {
      userId,
      sessionId,
      network: index % 2 ? '192.0.2.1' : '198.51.100.7',
    }),
  )
  await putEvents(...races)
  expect(await detectFindings(NOW)).toMatchObject([
    { pattern: 'session_two_networks', firstSeenAt: secondsLater(NOW, -5), confidence: 'medium' },
  ])
})
