import type { Tx } from '#lib/db/client.ts'
import type { CandidateFinding, Confidence } from './candidate-finding.ts'
import { listNetworks, type NetworkCount } from './network-evidence.ts'
import { getWindow, MAX_PER_CHECK } from './window.ts'

/** A check reads two windows, so that no evidence is cut at the edge of one. */
const SPANS = 2
const VISITS_PER_SESSION = 100

type Visit = {
  sessionId: string
  userId: string | null
  network: string
  /** The first 16 bits of IPv4 or the first 32 of IPv6. */
  region: string
  family: string
  userAgent: string | null
  at: Date
}

/**
 * A client alone renews every ten minutes at most, so distant networks within seconds mean that two share the tokens.
 * Changes between IPv4 and IPv6 do not count: dual-stack clients make them. No network is the suspect.
 * Low: one move. Medium: there and back. High: the user agent differs, too.
 * @param options.endedSessions sessions that `refresh_token_reuse` covers
 */
export async function detectSessionTwoNetworks(
  tx: Tx,
  now: Date,
  { endedSessions }: { endedSessions: string[] },
): Promise<CandidateFinding[]> {
  const { count, seconds, inside } = getWindow('session_two_networks', now, { spans: SPANS })
  const visits = await tx.$queryRaw<Visit[]>`
    WITH visits AS (
      SELECT id, session_id, user_id, network, user_agent, created_at, family,
             split_part(network, family, 1) || family || split_part(network, family, 2) AS region
      FROM auth_events, LATERAL (SELECT CASE WHEN network LIKE '%:%' THEN ':' ELSE '.' END AS family) AS kind
      WHERE event_type IN ('signup', 'login', 'token_refreshed', 'refresh_token_raced') AND ${inside}
        AND session_id IS NOT NULL AND network ~ '[.:]' AND NOT session_id = ANY (${endedSessions}::uuid[])
    ), newest AS (
      SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY session_id, family ORDER BY id DESC) AS nth
                     FROM visits) AS numbered
      WHERE nth <= ${VISITS_PER_SESSION}
    ), moved AS (
      SELECT session_id, family FROM newest GROUP BY session_id, family HAVING count(DISTINCT region) >= ${count}
      ORDER BY max(created_at) DESC LIMIT ${MAX_PER_CHECK}
    )
    SELECT session_id::text AS "sessionId", user_id::text AS "userId", network, region, family,
           user_agent AS "userAgent", created_at AS at
    FROM newest JOIN moved USING (session_id, family)
    ORDER BY id`
  const bySession = new Map<string, Visit[]>()
  for (const visit of visits) {
    const key = visit.sessionId + visit.family
    const soFar = bySession.get(key)
    if (soFar) soFar.push(visit)
    else bySession.set(key, [visit])
  }
  return [...bySession.values()].flatMap((visits) => toFinding(visits, { count, seconds }) ?? [])
}

/** The visits of one session and family, oldest first, as a finding if `count` regions occur within `seconds`. */
function toFinding(
  visits: Visit[],
  { count, seconds }: { count: number; seconds: number },
): CandidateFinding | null {
  const evidence = visits
    .map((last, index) => {
      const since = last.at.getTime() - seconds * 1000
      return visits.slice(0, index + 1).filter(({ at }) => at.getTime() >= since)
    })
    .filter((near) => regionsOf(near).size >= count)
  const all = new Set(evidence.flat())
  const [first] = all
  const last = [...all].at(-1)
  if (!first || !last) return null
  const returned = evidence.some(isBack)
  const userAgents = new Set([...all].map(({ userAgent }) => userAgent)).size
  return {
    pattern: 'session_two_networks',
    subject: last.sessionId,
    userId: last.userId,
    sessionId: last.sessionId,
    ...listNetworks(countNetworks([...all]), { suspect: null }),
    confidence: rateConfidence(returned, userAgents),
    firstSeenAt: first.at,
    lastSeenAt: last.at,
    count: Math.max(...evidence.map((near) => regionsOf(near).size)),
    details: { from_network: first.network, there_and_back: returned, user_agents: userAgents },
  }
}

function countNetworks(visits: Visit[]): NetworkCount[] {
  const counts = new Map<string, number>()
  for (const { network } of visits) counts.set(network, (counts.get(network) ?? 0) + 1)
  return [...counts].map(([network, count]) => ({ network, count }))
}

function regionsOf(visits: Visit[]): Set<string> {
  return new Set(visits.map(({ region }) => region))
}

function isBack(visits: Visit[]): boolean {
  const region = visits.at(-1)?.region
  const left = visits.findLastIndex((visit) => visit.region !== region)
  return visits.slice(0, Math.max(0, left)).some((visit) => visit.region === region)
}

function rateConfidence(returned: boolean, userAgents: number): Confidence {
  if (userAgents > 1) return 'high'
  return returned ? 'medium' : 'low'
}
