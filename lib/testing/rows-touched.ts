import type pg from 'pg'
import { expect } from 'vitest'
import { closeDb } from '#lib/db/client.ts'

/** Rows read and written so far. Backends report them when they end, a moment after their connection. */
export async function rowsTouched(sql: pg.Client): Promise<number> {
  await closeDb()
  await expect.poll(() => countOtherBackends(sql), { timeout: 10_000 }).toBe(0)
  const { rows } = await sql.query<{ touched: number }>(`
    SELECT sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) + n_tup_ins + n_tup_upd + n_tup_del)::int AS touched
    FROM pg_stat_user_tables WHERE schemaname = 'public'`)
  return rows[0]?.touched ?? 0
}

async function countOtherBackends(sql: pg.Client): Promise<number> {
  const { rows } = await sql.query<{ backends: number }>(
    `SELECT count(*)::int AS backends FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()
       AND backend_type IN ('client backend', 'parallel worker')`,
  )
  return rows[0]?.backends ?? 0
}
