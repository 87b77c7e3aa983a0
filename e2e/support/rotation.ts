import { createHash } from 'node:crypto'
import type { Tokens } from './api.ts'
import { holdLocks, queryDatabase } from './locks.ts'
import type { RunningServer } from './server.ts'

export type Transport = 'cookie' | 'bearer'

/** A session, by the refresh token of its client and the URL of its database. */
export type Session = { database: string; transport: Transport; token: string }

type Presented = { status: number; token: string | undefined }

/** Presents a refresh token as its client does: in the body of a request, or as a cookie that the gate renews. */
export async function presentToken(
  { url }: RunningServer,
  { transport, token }: Session,
  signal = AbortSignal.timeout(15_000),
): Promise<Presented> {
  if (transport === 'bearer') {
    const body = JSON.stringify({ refresh_token: token })
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${url}/api/auth/refresh`, { method: 'POST', headers, body, signal })
    const { refresh_token } = (await response.json()) as Partial<Tokens>
    return { status: response.status, token: refresh_token }
  }
  const headers = { cookie: `taskward.refresh=${token}`, 'sec-fetch-site': 'same-origin' }
  const response = await fetch(`${url}/api/auth/me`, { headers, signal })
  const line = response.headers.getSetCookie().find((cookie) => cookie.startsWith('taskward.refresh='))
  return { status: response.status, token: /=([^;]+)/.exec(line ?? '')?.[1] }
}

export function hashOf(token: string | undefined): Buffer {
  return createHash('sha256')
    .update(token ?? '')
    .digest()
}

const SESSION_OF = '(SELECT session_id FROM refresh_tokens WHERE token_hash = $1)'

/** Reads the unused tokens of a session, the reason of its end, and the numbers of its rotations and races. */
export async function stateOf({ database, token }: Session) {
  const hash = hashOf(token)
  const unused = await queryDatabase<{ token_hash: Buffer }>(
    database,
    `SELECT token_hash FROM refresh_tokens WHERE session_id = ${SESSION_OF} AND rotated_at IS NULL`,
    [hash],
  )
  const [session] = await queryDatabase<{ revoked_reason: string | null }>(
    database,
    `SELECT revoked_reason FROM sessions WHERE id = ${SESSION_OF}`,
    [hash],
  )
  const events = await queryDatabase<{ event_type: string }>(
    database,
    `SELECT event_type FROM auth_events WHERE session_id = ${SESSION_OF} ORDER BY id`,
    [hash],
  )
  const count = (type: string) => events.filter(({ event_type }) => event_type === type).length
  return {
    unused: unused.map(({ token_hash }) => token_hash.toString('hex')),
    revoked: session?.revoked_reason,
    rotations: count('token_refreshed'),
    races: count('refresh_token_raced'),
  }
}

/** Locks the row of a session, so that rotations wait in the middle of their transaction. */
export function holdSession({ database, token }: Session): Promise<() => Promise<void>> {
  return holdLocks(database, `SELECT 1 FROM sessions WHERE id = ${SESSION_OF} FOR UPDATE`, [hashOf(token)])
}
