import type { Tx } from '#lib/db/client'
import type { Confidence, Suspicion } from './suspicion.ts'
import { EVENTS_BEFORE, LOGIN_FAILED, MOST_PER_LOOK, windowOf } from './window.ts'

/** Of one account the newest are enough. */
const LOGINS_PER_ACCOUNT = 5

type Row = {
  userId: string
  sessionId: string | null
  network: string | null
  failures: number
  networks: number
  fromFailing: boolean
  fromKnown: boolean
  firstSeenAt: Date
  lastSeenAt: Date
}

/**
 * A log-in after many failed ones to the same account: guessing may have succeeded. One suspicion per such log-in,
 * oldest first; `lastSeenAt` is the log-in.
 *
 * High: from a network that had failed, and that the account had not used before the first failure. Low: from a
 * known one that had not failed, as when the owner logs in during an attack. Else medium: an owner who remembers in
 * the end is one of these. (OWASP ASVS 6.3.5)
 */
export async function findLoginAfterFailures(tx: Tx, now: Date): Promise<Suspicion[]> {
  const { count, seconds, inside } = windowOf('login_after_failures', now)
  const rows = await tx.$queryRaw<Row[]>`
    WITH logins AS (
      SELECT * FROM (SELECT id, user_id, session_id, network, created_at,
                            row_number() OVER (PARTITION BY user_id ORDER BY id DESC) AS nth
                     FROM auth_events WHERE event_type = 'login' AND ${inside} AND user_id IS NOT NULL) AS numbered
      WHERE nth <= ${LOGINS_PER_ACCOUNT}
    ), failures AS (
      SELECT id, user_id, network, created_at FROM auth_events
      WHERE ${LOGIN_FAILED} AND ${inside} AND user_id IS NOT NULL
    ), found AS (
      SELECT logins.id, logins.user_id, logins.session_id, logins.network, logins.created_at,
             count(*)::int AS failures, count(DISTINCT failures.network)::int AS networks,
             COALESCE(bool_or(failures.network = logins.network), false) AS from_failing,
             min(failures.created_at) AS first_seen_at,
             (array_agg(failures.id ORDER BY failures.id))[1] AS first_id
      FROM logins JOIN failures ON failures.user_id = logins.user_id AND failures.id < logins.id
        AND failures.created_at > logins.created_at - ${seconds} * interval '1 second'
      GROUP BY logins.id, logins.user_id, logins.session_id, logins.network, logins.created_at
      HAVING count(*) >= ${count}
      ORDER BY logins.id DESC LIMIT ${MOST_PER_LOOK}
    )
    SELECT user_id::text AS "userId", session_id::text AS "sessionId", network, failures, networks,
           from_failing AS "fromFailing", first_seen_at AS "firstSeenAt", created_at AS "lastSeenAt",
           EXISTS (SELECT 1 FROM (
                     SELECT network, ip_address, event_type, success FROM auth_events
                     WHERE user_id = found.user_id AND id < first_id ORDER BY id DESC LIMIT ${EVENTS_BEFORE}) AS earlier
                   WHERE coalesce(earlier.network, ip_address) = found.network AND success
                     AND event_type IN ('signup', 'login', 'token_refreshed')) AS "fromKnown"
    FROM found ORDER BY id`
  return rows.map(({ userId, failures, networks, fromFailing, fromKnown, ...rest }) => ({
    pattern: 'login_after_failures',
    subject: userId,
    userId,
    confidence: sure(fromFailing, fromKnown),
    count: failures,
    details: { failures, networks, from_failing_network: fromFailing, from_new_network: !fromKnown },
    ...rest,
  }))
}

function sure(fromFailing: boolean, fromKnown: boolean): Confidence {
  if (fromFailing === fromKnown) return 'medium'
  return fromFailing ? 'high' : 'low'
}
