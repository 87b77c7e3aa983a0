import type { Tx } from '#lib/db/client.ts'
import type { CandidateFinding, Confidence } from './candidate-finding.ts'
import { listNetworks, type NetworkCount } from './network-evidence.ts'
import { getWindow, MAX_EARLIER_EVENTS, MAX_PER_CHECK } from './window.ts'

type Row = {
  sessionId: string
  userId: string | null
  network: string | null
  reuses: number
  successorUsed: boolean
  /** The network of the session's last renewal before it; null where too many events followed. */
  renewedFrom: string | null
  firstSeenAt: Date
  lastSeenAt: Date
}

/**
 * Two clients hold the token, or an answer was lost (RFC 9700, 4.14.2). Either may be the owner, so there is no suspect.
 * High: its successor was used, too. Medium: the network of the last renewal differs or is unknown. Low: else.
 */
export async function detectRefreshTokenReuse(tx: Tx, now: Date): Promise<CandidateFinding[]> {
  const { count, inside } = getWindow('refresh_token_reuse', now)
  const rows = await tx.$queryRaw<Row[]>`
    WITH found AS (
      SELECT session_id, user_id, count(*)::int AS reuses, (array_agg(id ORDER BY id DESC))[1] AS last_id,
             (array_agg(network ORDER BY id DESC))[1] AS network,
             bool_or(COALESCE((details ->> 'successor_used')::boolean, false)) AS successor_used,
             min(created_at) AS first_seen_at, max(created_at) AS last_seen_at
      FROM auth_events
      WHERE event_type = 'refresh_token_reused' AND ${inside} AND session_id IS NOT NULL
      GROUP BY session_id, user_id HAVING count(*) >= ${count}
      ORDER BY last_seen_at DESC LIMIT ${MAX_PER_CHECK}
    )
    SELECT session_id::text AS "sessionId", user_id::text AS "userId", reuses, network,
           successor_used AS "successorUsed",
           (
             SELECT network FROM (SELECT id, session_id, network, event_type FROM auth_events
                                  WHERE user_id = found.user_id AND id < last_id
                                  ORDER BY id DESC LIMIT ${MAX_EARLIER_EVENTS}) AS earlier
             WHERE session_id = found.session_id AND event_type = 'token_refreshed'
             ORDER BY id DESC LIMIT 1) AS "renewedFrom",
           first_seen_at AS "firstSeenAt", last_seen_at AS "lastSeenAt"
    FROM found ORDER BY last_seen_at DESC`
  return rows.map(({ network, reuses, successorUsed, renewedFrom, ...rest }) => {
    const elsewhere = network !== renewedFrom
    return {
      pattern: 'refresh_token_reuse',
      subject: rest.sessionId,
      ...listNetworks(networksOf(network, reuses, renewedFrom), { suspect: null }),
      confidence: rateConfidence(successorUsed, elsewhere),
      count: reuses,
      details: { successor_used: successorUsed, from_other_network: elsewhere },
      ...rest,
    }
  })
}

function networksOf(network: string | null, reuses: number, renewedFrom: string | null): NetworkCount[] {
  if (network !== null && network === renewedFrom) return [{ network, count: reuses + 1 }]
  const reused = network === null ? [] : [{ network, count: reuses }]
  return renewedFrom === null ? reused : [...reused, { network: renewedFrom, count: 1 }]
}

function rateConfidence(successorUsed: boolean, elsewhere: boolean): Confidence {
  if (successorUsed) return 'high'
  return elsewhere ? 'medium' : 'low'
}
