import type { Tx } from '#lib/db/client'
import { type Explained, notIn } from './explained.ts'
import type { Confidence, Suspicion } from './suspicion.ts'
import { ACCOUNT, LOGIN_FAILED, MOST_PER_LOOK, windowOf } from './window.ts'

/** So many are no household. */
const MANY_NETWORKS = 10

type Row = {
  subject: string
  userId: string | null
  failures: number
  networks: number
  busiest: string | null
  firstSeenAt: Date
  lastSeenAt: Date
}

/**
 * Many failed log-ins to one account, from anywhere, since its last log-in: what came before that one is the business
 * of `login_after_failures`.
 *
 * Accounts that exist come first: emails to invent are endless, and must not crowd them out of a look.
 *
 * Low: from one network. High: from ten or more. Else medium. (MITRE ATT&CK T1110.001)
 * @param explained what findings about networks tell of already
 */
export async function findAccountFailures(tx: Tx, now: Date, explained: Explained[]): Promise<Suspicion[]> {
  const { count, inside } = windowOf('account_failures', now)
  const rows = await tx.$queryRaw<Row[]>`
    WITH logins AS (
      SELECT user_id, (array_agg(id ORDER BY id DESC))[1] AS last_id FROM auth_events
      WHERE event_type = 'login' AND ${inside} GROUP BY user_id
    ), failures AS (
      SELECT user_id, ${ACCOUNT} AS subject, network, created_at FROM auth_events
      WHERE ${LOGIN_FAILED} AND ${inside} AND ${ACCOUNT} IS NOT NULL AND ${notIn(explained)}
        AND NOT EXISTS (SELECT 1 FROM logins WHERE logins.user_id = auth_events.user_id AND last_id > id)
    )
    SELECT subject, user_id::text AS "userId", count(*)::int AS failures,
           count(DISTINCT network)::int AS networks, mode() WITHIN GROUP (ORDER BY network) AS busiest,
           min(created_at) AS "firstSeenAt", max(created_at) AS "lastSeenAt"
    FROM failures GROUP BY subject, user_id HAVING count(*) >= ${count}
    ORDER BY user_id IS NULL, failures DESC LIMIT ${MOST_PER_LOOK}`
  return rows.map(({ subject, userId, failures, networks, busiest, ...seen }) => ({
    pattern: 'account_failures',
    subject,
    userId,
    sessionId: null,
    network: networks === 1 ? busiest : null,
    confidence: sure(networks),
    count: failures,
    details: { failures, networks, ...(busiest && { busiest_network: busiest }) },
    ...seen,
  }))
}

function sure(networks: number): Confidence {
  if (networks <= 1) return 'low'
  return networks >= MANY_NETWORKS ? 'high' : 'medium'
}
