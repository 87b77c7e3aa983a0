import type { Tx } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import type { CandidateFinding, Confidence } from './candidate-finding.ts'
import { findSuspect, listNetworks, type NetworkCount, selectBusiestNetworks } from './network-evidence.ts'
import { getWindow } from './window.ts'

type Row = {
  signups: number
  networks: number
  busiest: NetworkCount[]
  firstSeenAt: Date
  lastSeenAt: Date
}

/**
 * On the whole instance (OWASP Automated Threats, OAT-019). The suspect made more than half of the accounts.
 * Medium: there is a suspect, or twice the threshold. High: both. Low: neither, as after good press.
 */
export async function detectSignupBurst(tx: Tx, now: Date): Promise<CandidateFinding[]> {
  const { count, inside } = getWindow('signup_burst', now)
  const rows = await tx.$queryRaw<Row[]>`
    WITH signups AS (
      SELECT network, count(*)::int AS made, min(created_at) AS first_at, max(created_at) AS last_at
      FROM auth_events WHERE event_type = 'signup' AND success AND ${inside} GROUP BY network
    )
    SELECT sum(made)::int AS signups, count(network)::int AS networks,
           ${selectBusiestNetworks(Prisma.sql`network`, Prisma.sql`made`)} AS busiest,
           min(first_at) AS "firstSeenAt", max(last_at) AS "lastSeenAt"
    FROM signups HAVING sum(made) >= ${count}`
  return rows.map(({ signups, networks, busiest, ...seen }) => {
    const suspect = findSuspect(busiest, { total: signups })
    const isOfOne = suspect !== null
    return {
      pattern: 'signup_burst',
      subject: 'instance',
      userId: null,
      sessionId: null,
      ...listNetworks(busiest, { suspect, total: networks }),
      confidence: rateConfidence(isOfOne, signups >= 2 * count),
      count: signups,
      details: { signups, networks, ...(isOfOne && busiest[0] && { from_network: busiest[0].count }) },
      ...seen,
    }
  })
}

function rateConfidence(isOfOne: boolean, isLarge: boolean): Confidence {
  if (isOfOne && isLarge) return 'high'
  return isOfOne || isLarge ? 'medium' : 'low'
}
