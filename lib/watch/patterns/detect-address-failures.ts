import type { Tx } from '#lib/db/client.ts'
import type { CandidateFinding, Confidence } from './candidate-finding.ts'
import { type CoveredFailures, notCovered } from './covered-failures.ts'
import { listNetworks } from './network-evidence.ts'
import { ACCOUNT, getWindow, LOGIN_FAILED, MAX_PER_CHECK } from './window.ts'

const MIN_FAILED_PERCENT = 80
/** Fewer accounts are the pattern `account_failures`. */
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
 * 80 percent or more of the log-ins fail, on three accounts or more. Each account counts one success at most, so that
 * attackers cannot lower the share with their own account. (MITRE ATT&CK T1110)
 * Low: some accounts logged in. Medium: none. High: none, and three times the threshold.
 */
export async function detectAddressFailures(
  tx: Tx,
  now: Date,
  { covered }: { covered: CoveredFailures[] },
): Promise<CandidateFinding[]> {
  const { count, inside } = getWindow('address_failures', now)
  const rows = await tx.$queryRaw<Row[]>`
    WITH failures AS (
      SELECT network, count(*)::int AS failures, count(DISTINCT ${ACCOUNT})::int AS accounts,
             min(created_at) AS "firstSeenAt", max(created_at) AS "lastSeenAt"
      FROM auth_events
      WHERE ${LOGIN_FAILED} AND ${inside} AND network IS NOT NULL AND ${notCovered(covered)}
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
    ...listNetworks([{ network, count: failures }], { suspect: network }),
    confidence: rateConfidence(failures, loggedIn, count),
    count: failures,
    details: { failures, accounts, logins: loggedIn },
    ...seen,
  }))
}

function rateConfidence(failures: number, loggedIn: number, threshold: number): Confidence {
  if (loggedIn > 0) return 'low'
  return failures >= 3 * threshold ? 'high' : 'medium'
}
