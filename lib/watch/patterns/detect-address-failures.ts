import type { Tx } from '#lib/db/client.ts'
import type { CandidateFinding, Confidence } from './candidate-finding.ts'
import { type CoveredFailures, notCovered } from './covered-failures.ts'
import { listNetworks } from './network-evidence.ts'
import { ACCOUNT, LOGIN_FAILED, MAX_PER_CHECK, windowOf } from './window.ts'

const MIN_FAILED_PERCENT = 80
/** Fewer are a matter of those accounts (`account_failures`). */
const MIN_ACCOUNTS = 3

type Row = {
  network: string
  failures: number
  accounts: number
  loggedIn: number
  firstSeenAt: Date
  lastSeenAt: Date
}

/**
 * One network of whose log-ins nearly all fail: 80 percent or more, over three accounts or more. Of an account that got
 * in one log-in counts, so that whoever owns one cannot log in to it again and again to look better.
 *
 * Low: some got in. Medium: none. High: none, and three times the threshold. (MITRE ATT&CK T1110)
 * @param sprayed what is password spraying already
 */
export async function detectAddressFailures(
  tx: Tx,
  now: Date,
  sprayed: CoveredFailures[],
): Promise<CandidateFinding[]> {
  const { count, inside } = windowOf('address_failures', now)
  const rows = await tx.$queryRaw<Row[]>`
    WITH failures AS (
      SELECT network, count(*)::int AS failures, count(DISTINCT ${ACCOUNT})::int AS accounts,
             min(created_at) AS "firstSeenAt", max(created_at) AS "lastSeenAt"
      FROM auth_events
      WHERE ${LOGIN_FAILED} AND ${inside} AND network IS NOT NULL AND ${notCovered(sprayed)}
      GROUP BY network HAVING count(*) >= ${count} AND count(DISTINCT ${ACCOUNT}) >= ${MIN_ACCOUNTS}
    ), logins AS (
      SELECT network, count(DISTINCT user_id)::int AS logins FROM auth_events
      WHERE event_type = 'login' AND ${inside} GROUP BY network
    )
    SELECT failures.*, COALESCE(logins, 0) AS "loggedIn" FROM failures LEFT JOIN logins USING (network)
    WHERE failures * 100 >= (failures + COALESCE(logins, 0)) * ${MIN_FAILED_PERCENT}
    ORDER BY failures DESC LIMIT ${MAX_PER_CHECK}`
  return rows.map(({ network, failures, accounts, loggedIn, ...seen }) => ({
    pattern: 'address_failures',
    subject: network,
    userId: null,
    sessionId: null,
    ...listNetworks([{ network, count: failures }], network),
    confidence: sure(failures, loggedIn, count),
    count: failures,
    details: { failures, accounts, logins: loggedIn },
    ...seen,
  }))
}

function sure(failures: number, loggedIn: number, threshold: number): Confidence {
  if (loggedIn > 0) return 'low'
  return failures >= 3 * threshold ? 'high' : 'medium'
}
