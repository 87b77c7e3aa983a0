import pg from 'pg'
import { databaseUrl } from './run.ts'

let pool: pg.Pool | undefined

/** Queries the run's database directly: what the API does not show, and what only time would change. */
export async function query<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
  pool ??= new pg.Pool({ connectionString: databaseUrl(), max: 2, allowExitOnIdle: true })
  return (await pool.query<Row>(sql, values)).rows
}

type Event = {
  event_type: string
  success: boolean
  failure_reason: string | null
  ip_address: string
  request_id: string
  details: Record<string, unknown> | null
}

/** A user's audit trail of certain types, oldest first. */
export function eventsOf(userId: string, ...types: string[]): Promise<Event[]> {
  return query(
    `SELECT event_type, success, failure_reason, ip_address, request_id, details
     FROM auth_events WHERE user_id = $1 AND event_type = ANY ($2) ORDER BY id`,
    [userId, types],
  )
}
