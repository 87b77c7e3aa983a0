import type { Tx } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import type { CandidateFinding, Confidence } from './candidate-finding.ts'
import { type CoveredFailures, notCovered } from './covered-failures.ts'
import {
  findSuspect,
  listNetworks,
  type NetworkCount,
  selectBusiestNetworks,
  selectKnownNetworks,
} from './network-evidence.ts'
import { ACCOUNT, getWindow, LOGIN_FAILED, MAX_PER_CHECK } from './window.ts'

const MANY_NETWORKS = 10

type Row = {
  subject: string
  userId: string | null
  failures: number
  networks: number
  busiest: NetworkCount[]
  known: string[]
  firstSeenAt: Date
  lastSeenAt: Date
}

/**
 * Counts failures after the last log-in. Existing accounts come first, so that invented emails cannot displace them.
 * The suspect has most of the failures and was not used before. (MITRE ATT&CK T1110.001)
 * Low: one network. High: ten or more. Else medium.
 */
export async function detectAccountFailures(
  tx: Tx,
  now: Date,
  { covered }: { covered: CoveredFailures[] },
): Promise<CandidateFinding[]> {
  const { count, inside } = getWindow('account_failures', now)
  const rows = await tx.$queryRaw<Row[]>`
    WITH logins AS (
      SELECT user_id, (array_agg(id ORDER BY id DESC))[1] AS last_id FROM auth_events
      WHERE event_type = 'login' AND ${inside} GROUP BY user_id
    ), failures AS (
      SELECT id, user_id, ${ACCOUNT} AS subject, network, created_at FROM auth_events
      WHERE ${LOGIN_FAILED} AND ${inside} AND ${ACCOUNT} IS NOT NULL AND ${notCovered(covered)}
        AND NOT EXISTS (SELECT 1 FROM logins WHERE logins.user_id = auth_events.user_id AND last_id > id)
    ), by_network AS (
      SELECT subject, user_id, network, count(*)::int AS failures, (array_agg(id ORDER BY id))[1] AS first_id,
             min(created_at) AS first_at, max(created_at) AS last_at
      FROM failures GROUP BY subject, user_id, network
    ), found AS (
      SELECT subject, user_id, sum(failures)::int AS failures, count(network)::int AS networks,
             ${selectBusiestNetworks(Prisma.sql`network`, Prisma.sql`failures`)} AS busiest,
             (array_agg(first_id ORDER BY first_id))[1] AS first_id,
             min(first_at) AS first_at, max(last_at) AS last_at
      FROM by_network GROUP BY subject, user_id HAVING sum(failures) >= ${count}
      ORDER BY user_id IS NULL, failures DESC LIMIT ${MAX_PER_CHECK}
    )
    SELECT subject, user_id::text AS "userId", failures, networks, busiest,
           ${selectKnownNetworks(Prisma.sql`found.user_id`, Prisma.sql`first_id`)} AS known,
           first_at AS "firstSeenAt", last_at AS "lastSeenAt"
    FROM found ORDER BY user_id IS NULL, failures DESC`
  return rows.map(({ subject, userId, failures, networks, busiest, known, ...seen }) => ({
    pattern: 'account_failures',
    subject,
    userId,
    sessionId: null,
    ...listNetworks(busiest, {
      suspect: findSuspect(busiest, { total: failures, known }),
      total: networks,
    }),
    confidence: rateConfidence(networks),
    count: failures,
    details: { failures, networks, ...(busiest[0] && { busiest_network: busiest[0].network }) },
    ...seen,
  }))
}

function rateConfidence(networks: number): Confidence {
  if (networks <= 1) return 'low'
  return networks >= MANY_NETWORKS ? 'high' : 'medium'
}
