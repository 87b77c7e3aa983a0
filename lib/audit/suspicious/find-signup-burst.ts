import type { Tx } from '#lib/db/client'
import type { Confidence, Suspicion } from './suspicion.ts'
import { windowOf } from './window.ts'

type Row = {
  signups: number
  networks: number
  busiest: string | null
  fromBusiest: number
  firstSeenAt: Date
  lastSeenAt: Date
}

/**
 * Many new accounts on the whole instance. The network is the busiest one, if it made more than half of them.
 *
 * Medium: it did, or they are twice the threshold. High: both. Low: neither, as when people hear of the place.
 * (OWASP Automated Threats, OAT-019)
 */
export async function findSignupBurst(tx: Tx, now: Date): Promise<Suspicion[]> {
  const { count, inside } = windowOf('signup_burst', now)
  const rows = await tx.$queryRaw<Row[]>`
    WITH signups AS (
      SELECT network, count(*) AS made, min(created_at) AS first_at, max(created_at) AS last_at
      FROM auth_events WHERE event_type = 'signup' AND success AND ${inside} GROUP BY network
    )
    SELECT sum(made)::int AS signups, count(*)::int AS networks, max(made)::int AS "fromBusiest",
           (array_agg(network ORDER BY made DESC))[1] AS busiest,
           min(first_at) AS "firstSeenAt", max(last_at) AS "lastSeenAt"
    FROM signups HAVING sum(made) >= ${count}`
  return rows.map(({ signups, networks, busiest, fromBusiest, ...seen }) => {
    const isOfOne = fromBusiest * 2 > signups
    return {
      pattern: 'signup_burst',
      subject: 'instance',
      userId: null,
      sessionId: null,
      network: isOfOne ? busiest : null,
      confidence: sure(isOfOne, signups >= 2 * count),
      count: signups,
      details: { signups, networks, ...(isOfOne && { from_network: fromBusiest }) },
      ...seen,
    }
  })
}

function sure(isOfOne: boolean, isLarge: boolean): Confidence {
  if (isOfOne && isLarge) return 'high'
  return isOfOne || isLarge ? 'medium' : 'low'
}
