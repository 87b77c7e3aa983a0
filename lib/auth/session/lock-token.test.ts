import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hashToken } from '#lib/auth/hash-token.ts'
import { sqlTransaction } from '#lib/db/sql-transaction.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createSession, createUser } from '#lib/testing/factories.ts'
import { secondsLater } from '#lib/time.ts'
import { lockToken } from './lock-token.ts'

const other = new pg.Client({ connectionString: process.env.DATABASE_URL })

beforeAll(async () => {
  await emptyTables()
  await other.connect()
})
afterAll(() => other.end())

const WAITERS = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`

async function presented() {
  const { session, refresh } = await createSession(await createUser())
  const locked = () => sqlTransaction((tx) => lockToken(tx, hashToken(refresh.token)))
  return { session, hash: hashToken(refresh.token), locked }
}

test('locks the session before the token, as every other transaction does', async () => {
  const { session, hash, locked } = await presented()
  await other.query('BEGIN')
  await other.query('SELECT 1 FROM refresh_tokens WHERE token_hash = $1 FOR UPDATE', [hash])
  const waiting = locked()
  await expect.poll(async () => (await other.query(WAITERS)).rowCount).toBe(1)
  const free = await other.query('SELECT 1 FROM sessions WHERE id = $1 FOR UPDATE SKIP LOCKED', [session.id])
  expect(free.rowCount).toBe(0)
  await other.query('COMMIT')
  expect(await waiting).toMatchObject({ session: { id: session.id } })
})

test('returns both rows as another transaction has left them', async () => {
  const { session, hash, locked } = await presented()
  const rotatedAt = secondsLater(new Date(), -1)
  await other.query('BEGIN')
  await other.query('SELECT 1 FROM sessions WHERE id = $1 FOR UPDATE', [session.id])
  const waiting = locked()
  await expect.poll(async () => (await other.query(WAITERS)).rowCount).toBe(1)
  await other.query('UPDATE refresh_tokens SET rotated_at = $2 WHERE token_hash = $1', [hash, rotatedAt])
  await other.query(
    `UPDATE sessions SET revoked_at = now(), revoked_reason = 'logged_out_elsewhere' WHERE id = $1`,
    [session.id],
  )
  await other.query('COMMIT')
  expect(await waiting).toMatchObject({ rotatedAt, session: { isRevoked: true } })
})

test('returns null for an unknown token', async () => {
  expect(await sqlTransaction((tx) => lockToken(tx, hashToken('unknown')))).toBeNull()
})
