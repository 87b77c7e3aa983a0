import type { Tx } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import type { CandidateFinding, Confidence } from './candidate-finding.ts'
import {
  findSuspect,
  listNetworks,
  type NetworkCount,
  selectBusiestNetworks,
  selectKnownNetworks,
} from './network-evidence.ts'
import { getWindow, LOGIN_FAILED, MAX_PER_CHECK } from './window.ts'

const LOGINS_PER_ACCOUNT = 5

type Row = {
  userId: string
  sessionId: string | null
  network: string | null
  failures: number
  networks: number
  busiest: NetworkCount[]
  fromFailing: boolean
  known: string[]
  firstSeenAt: Date
  lastSeenAt: Date
}

/**
 * The attacker may have guessed the password (OWASP ASVS 6.3.5). The suspect has most of the failures, else it is the
 * log-in's network if that had failed, too; never one that the account had used before.
 * High: the log-in came from the suspect. Low: from a known network without failures. Else medium.
 */
export async function detectLoginAfterFailures(tx: Tx, now: Date): Promise<CandidateFinding[]> {
  const { count, seconds, inside } = getWindow('login_after_failures', now)
  const rows = await tx.$queryRaw<Row[]>`
    WITH logins AS (
      SELECT * FROM (SELECT id, user_id, session_id, network, created_at,
                            row_number() OVER (PARTITION BY user_id ORDER BY id DESC) AS nth
                     FROM auth_events WHERE event_type = 'login' AND ${inside} AND user_id IS NOT NULL) AS numbered
      WHERE nth <= ${LOGINS_PER_ACCOUNT}
    ), failures AS (
      SELECT id, user_id, network, created_at FROM auth_events
      WHERE ${LOGIN_FAILED} AND ${inside} AND user_id IS NOT NULL
    ), by_network AS (
      SELECT logins.id, logins.user_id, logins.session_id, logins.network, logins.created_at,
             failures.network AS failing, count(*)::int AS failures, min(failures.created_at) AS first_at,
             (array_agg(failures.id ORDER BY failures.id))[1] AS first_id
      FROM logins JOIN failures ON failures.user_id = logins.user_id AND failures.id < logins.id
        AND failures.created_at > logins.created_at - ${seconds} * interval '1 second'
      GROUP BY logins.id, logins.user_id, logins.session_id, logins.network, logins.created_at,
               failures.network
    ), found AS (
      SELECT id, user_id, session_id, network, created_at, sum(failures)::int AS failures,
             count(failing)::int AS networks, ${selectBusiestNetworks(Prisma.sql`failing`, Prisma.sql`failures`)} AS busiest,
             COALESCE(bool_or(failing = network), false) AS from_failing, min(first_at) AS first_seen_at,
             (array_agg(first_id ORDER BY first_id))[1] AS first_id
      FROM by_network GROUP BY id, user_id, session_id, network, created_at HAVING sum(failures) >= ${count}
      ORDER BY id DESC LIMIT ${MAX_PER_CHECK}
    )
    SELECT user_id::text AS "userId", session_id::text AS "sessionId", network, failures, networks, busiest,
           from_failing AS "fromFailing", first_seen_at AS "firstSeenAt", created_at AS "lastSeenAt",
           ${selectKnownNetworks(Prisma.sql`found.user_id`, Prisma.sql`first_id`)} AS known
    FROM found ORDER BY id`
  return rows.map((row) => {
    const { userId, sessionId, network, failures, networks, busiest, fromFailing, known } = row
    const isKnown = network !== null && known.includes(network)
    const didMost = findSuspect(busiest, { total: failures, known })
    const suspect = didMost ?? (fromFailing && !isKnown ? network : null)
    return {
      pattern: 'login_after_failures',
      subject: userId,
      userId,
      sessionId,
      ...listNetworks(withLogIn(busiest, network), {
        suspect,
        total: networks + Number(network !== null && !fromFailing),
      }),
      confidence: rateConfidence(suspect !== null && suspect === network, fromFailing, isKnown),
      count: failures,
      details: {
        failures,
        networks,
        from_failing_network: fromFailing,
        from_new_network: !isKnown,
        ...(network && { login_network: network }),
      },
      firstSeenAt: row.firstSeenAt,
      lastSeenAt: row.lastSeenAt,
    }
  })
}

/** Counts the log-in as evidence, so that its network is listed. */
function withLogIn(failing: NetworkCount[], network: string | null): NetworkCount[] {
  if (network === null) return failing
  const ofLogIn = failing.find((one) => one.network === network)
  const others = failing.filter((one) => one !== ofLogIn)
  return [...others, { network, count: (ofLogIn?.count ?? 0) + 1 }]
}

function rateConfidence(isSuspect: boolean, fromFailing: boolean, isKnown: boolean): Confidence {
  if (isSuspect) return 'high'
  return isKnown && !fromFailing ? 'low' : 'medium'
}
