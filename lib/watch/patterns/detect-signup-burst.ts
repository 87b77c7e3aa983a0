import type { Tx } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import type { CandidateFinding, Confidence } from './candidate-finding.ts'
import { busiestNetworks, listNetworks, type NetworkCount, suspectAmong } from './network-evidence.ts'
import { windowOf } from './window.ts'

type Row = {
  signups: number
  networks: number
  busiest: NetworkCount[]
  firstSeenAt: Date
  lastSeenAt: Date
}

/**
 * Many new accounts on the whole instance. The network is the busiest one, if it made more than half of them.
 *
 * Medium: it did, or they are twice the threshold. High: both. Low: neither, as when people hear of the place.
 * (OWASP Automated Threats, OAT-019)
 */
export async function detectSignupBurst(tx: Tx, now: Date): Promise<CandidateFinding[]> {
  const { count, inside } = windowOf('signup_burst', now)
  const rows = await tx.$queryRaw<Row[]>`
    WITH signups AS (
      SELECT network, count(*)::int AS made, min(created_at) AS first_at, max(created_at) AS last_at
      FROM auth_events WHERE event_type = 'signup' AND success AND ${inside} GROUP BY network
    )
    SELECT sum(made)::int AS signups, count(network)::int AS networks,
           ${busiestNetworks(Prisma.sql`network`, Prisma.sql`made`)} AS busiest,
           min(first_at) AS "firstSeenAt", max(last_at) AS "lastSeenAt"
    FROM signups HAVING sum(made) >= ${count}`
  return rows.map(({ signups, networks, busiest, ...seen }) => {
    const suspect = suspectAmong(busiest, signups)
    const isOfOne = suspect !== null
    return {
      pattern: 'signup_burst',
      subject: 'instance',
      userId: null,
      sessionId: null,
      ...listNetworks(busiest, suspect, networks),
      confidence: sure(isOfOne, signups >= 2 * count),
      count: signups,
      details: { signups, networks, ...(isOfOne && busiest[0] && { from_network: busiest[0].count }) },
      ...seen,
    }
  })
}

function sure(isOfOne: boolean, isLarge: boolean): Confidence {
  if (isOfOne && isLarge) return 'high'
  return isOfOne || isLarge ? 'medium' : 'low'
}
