import type { Tx } from '#lib/db/client'
import type { Confidence, Suspicion } from './suspicion.ts'
import { MOST_PER_LOOK, windowOf } from './window.ts'

type Row = {
  sessionId: string
  userId: string | null
  network: string | null
  reuses: number
  successorUsed: boolean
  elsewhere: boolean
  firstSeenAt: Date
  lastSeenAt: Date
}

/**
 * A refresh token that was used twice, outside the grace for racing tabs: two hold it, or one whose answer was lost.
 *
 * High: its successor had been used, too, so both go on using it. Medium: not, but it came back from another network
 * than the session's last renewal. Low: else. (RFC 9700, 4.14.2)
 */
export async function findRefreshTokenReuse(tx: Tx, now: Date): Promise<Suspicion[]> {
  const { count, inside } = windowOf('refresh_token_reuse', now)
  const rows = await tx.$queryRaw<Row[]>`
    WITH reuses AS (
      SELECT session_id, user_id, network, created_at,
             COALESCE((details ->> 'successor_used')::boolean, false) AS successor_used,
             COALESCE(network <> (
               SELECT network FROM auth_events AS renewal
               WHERE renewal.user_id = auth_events.user_id AND renewal.session_id = auth_events.session_id
                 AND renewal.event_type = 'token_refreshed' AND renewal.id < auth_events.id
               ORDER BY id DESC LIMIT 1), false) AS elsewhere
      FROM auth_events
      WHERE event_type = 'refresh_token_reused' AND ${inside} AND session_id IS NOT NULL
    )
    SELECT session_id::text AS "sessionId", user_id::text AS "userId", count(*)::int AS reuses,
           (array_agg(network ORDER BY created_at DESC))[1] AS network,
           bool_or(successor_used) AS "successorUsed", bool_or(elsewhere) AS elsewhere,
           min(created_at) AS "firstSeenAt", max(created_at) AS "lastSeenAt"
    FROM reuses GROUP BY session_id, user_id HAVING count(*) >= ${count}
    ORDER BY "lastSeenAt" DESC LIMIT ${MOST_PER_LOOK}`
  return rows.map(({ reuses, successorUsed, elsewhere, ...rest }) => ({
    pattern: 'refresh_token_reuse',
    subject: rest.sessionId,
    confidence: sure(successorUsed, elsewhere),
    count: reuses,
    details: { successor_used: successorUsed, from_other_network: elsewhere },
    ...rest,
  }))
}

function sure(successorUsed: boolean, elsewhere: boolean): Confidence {
  if (successorUsed) return 'high'
  return elsewhere ? 'medium' : 'low'
}
