import { createHash, randomBytes, randomUUID } from 'node:crypto'
import type pg from 'pg'
import { pool } from './answers.ts'

/** What Taskward writes for a rotated refresh token, in a bare transaction. @returns the successor */
export async function rotate(token: string): Promise<string> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const successor = await writeSuccessor(client, token)
    await client.query('COMMIT')
    return successor
  } finally {
    client.release()
  }
}

async function writeSuccessor(client: pg.PoolClient, token: string): Promise<string> {
  const { rows } = await client.query(
    `SELECT sessions.id, sessions.user_id, refresh_tokens.id AS token_id
     FROM refresh_tokens JOIN sessions ON sessions.id = refresh_tokens.session_id
     WHERE token_hash = $1 AND rotated_at IS NULL FOR UPDATE OF sessions`,
    [hash(token)],
  )
  const [session] = rows
  await client.query(
    `INSERT INTO throttle_buckets AS bucket (key, window_started_at, expires_at, taken)
     VALUES ($1, now(), now() + interval '1 minute', 1) ON CONFLICT (key) DO UPDATE SET taken = bucket.taken + 1`,
    [`refresh.session:${session.id}`],
  )
  const [successor, successorId] = [randomBytes(32).toString('base64url'), randomUUID()]
  await client.query(
    `INSERT INTO refresh_tokens (id, session_id, token_hash, expires_at)
     VALUES ($1, $2, $3, now() + interval '7 days')`,
    [successorId, session.id, hash(successor)],
  )
  await client.query('UPDATE refresh_tokens SET rotated_at = now(), successor_id = $1 WHERE id = $2', [
    successorId,
    session.token_id,
  ])
  await client.query('UPDATE refresh_tokens SET sealed_successor = NULL WHERE successor_id = $1', [
    session.token_id,
  ])
  await client.query(
    `INSERT INTO auth_events
       (id, event_type, success, user_id, session_id, ip_address, network, user_agent, request_id, created_at, mac)
     VALUES (uuidv7(), 'token_refreshed', true, $1, $2, '127.0.0.1', '127.0.0.1', 'bench', uuidv7(), now(), $3)`,
    [session.user_id, session.id, randomBytes(32)],
  )
  return successor
}

function hash(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
