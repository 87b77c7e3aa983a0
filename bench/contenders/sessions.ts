import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { crowdEmail, READER } from './contender.ts'

/** A copy of the reader under other addresses: the same password, without the time of a hash for each. */
export async function insertCrowd(sql: pg.Pool, size: number): Promise<void> {
  const emails = Array.from({ length: size }, (_, member) => crowdEmail(member))
  await sql.query(
    `WITH made AS (
       INSERT INTO users (id, email, updated_at) SELECT uuidv7(), email, now() FROM unnest($1::text[]) AS email
       RETURNING id
     )
     INSERT INTO passwords (user_id, hash, scheme, cost, pepper_id)
     SELECT made.id, passwords.hash, passwords.scheme, passwords.cost, passwords.pepper_id
     FROM made, passwords JOIN users ON users.id = passwords.user_id WHERE users.email = $2`,
    [emails, READER],
  )
}

/** Starts bearer sessions of one account. @returns an unused refresh token of each */
export async function insertSessions(sql: pg.Pool, email: string, count: number): Promise<string[]> {
  const tokens = Array.from({ length: count }, () => randomBytes(32).toString('base64url'))
  await sql.query(
    `WITH made AS (
       INSERT INTO sessions (id, user_id, transport, signed_in_with, expires_at, epoch)
       SELECT uuidv7(), users.id, 'bearer', 'password', now() + interval '30 days', users.session_epoch
       FROM users, generate_series(1, cardinality($2::text[])) WHERE users.email = $1 RETURNING id
     ), numbered AS (SELECT id, row_number() OVER () AS number FROM made)
     INSERT INTO refresh_tokens (id, session_id, token_hash, expires_at)
     SELECT uuidv7(), numbered.id, sha256(token::bytea), now() + interval '7 days'
     FROM numbered JOIN unnest($2::text[]) WITH ORDINALITY AS given (token, number) USING (number)`,
    [email, tokens],
  )
  return tokens
}
