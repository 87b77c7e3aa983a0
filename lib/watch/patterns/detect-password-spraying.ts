import type { Tx } from '#lib/db/client.ts'
import type { CandidateFinding, Confidence } from './candidate-finding.ts'
import { listNetworks } from './network-evidence.ts'
import { ACCOUNT, getWindow, LOGIN_FAILED, MAX_PER_CHECK } from './window.ts'

type Row = {
  network: string
  accounts: number
  failures: number
  loggedIn: number
  firstSeenAt: Date
  lastSeenAt: Date
}

/**
 * An account that also succeeded does not count: users who share an address mistype. (MITRE ATT&CK T1110.003, T1110.004)
 * Low: as many accounts succeeded as failed, so the address is shared. High: none succeeded, and twice the threshold
 * failed. Else medium.
 */
export async function detectPasswordSpraying(tx: Tx, now: Date): Promise<CandidateFinding[]> {
  const { count, inside } = getWindow('password_spraying', now)
  const rows = await tx.$queryRaw<Row[]>`
    WITH logins AS (
      SELECT DISTINCT network, user_id::text AS account FROM auth_events
      WHERE event_type = 'login' AND ${inside}
    ), failures AS (
      SELECT network, ${ACCOUNT} AS account, created_at FROM auth_events
      WHERE ${LOGIN_FAILED} AND ${inside} AND network IS NOT NULL
    )
    SELECT network, count(DISTINCT account)::int AS accounts, count(*)::int AS failures,
           (SELECT count(*)::int FROM logins WHERE logins.network = failures.network) AS "loggedIn",
           min(created_at) AS "firstSeenAt", max(created_at) AS "lastSeenAt"
    FROM failures
    WHERE NOT EXISTS (SELECT 1 FROM logins
                      WHERE logins.network = failures.network AND logins.account = failures.account)
    GROUP BY network HAVING count(DISTINCT account) >= ${count}
    ORDER BY accounts DESC LIMIT ${MAX_PER_CHECK}`
  return rows.map(({ network, accounts, failures, loggedIn, ...seen }) => ({
    pattern: 'password_spraying',
    subject: network,
    userId: null,
    sessionId: null,
    ...listNetworks([{ network, count: failures }], { suspect: network }),
    confidence: rateConfidence(accounts, loggedIn, count),
    count: accounts,
    details: { accounts, failures, logged_in: loggedIn },
    ...seen,
  }))
}

function rateConfidence(accounts: number, loggedIn: number, threshold: number): Confidence {
  if (loggedIn >= accounts) return 'low'
  return loggedIn === 0 && accounts >= 2 * threshold ? 'high' : 'medium'
}
