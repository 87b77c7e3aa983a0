import { Prisma } from '#lib/db/generated/client.ts'
import { MAX_EARLIER_EVENTS } from './window.ts'

/** A finding lists so many networks: those with the most evidence. */
export const MOST_LISTED = 10

/** So many networks of one suspicion are read, the busiest: more than are listed, since an account's own are set apart. */
const MOST_READ = 100

/** How many events of a network are evidence, as far as one look at a window has seen. */
export type NetworkCount = { network: string; count: number }

/** `isSuspect`: it did most of what one look saw, from a network that is not the account's own. */
export type NetworkEvidence = NetworkCount & { isSuspect: boolean }

/** The networks of a suspicion or a finding. */
export type Networks = {
  /** The suspect with the most evidence; null where it cannot be known which network is the attacker's. */
  network: string | null
  /** Suspects first, then by evidence; at most `MOST_LISTED`. */
  networks: NetworkEvidence[]
  /** How many there are, listed or not, as far as one look has seen. */
  networkCount: number
}

/** The networks of one look, of which one may be the suspect. `total`: how many there are, if not all are given. */
export function listNetworks(
  counts: NetworkCount[],
  suspect: string | null,
  total = counts.length,
): Networks {
  return ranked(
    counts.map((one) => ({ ...one, isSuspect: one.network === suspect })),
    total,
  )
}

/**
 * What two looks know together, in whatever order they come: of each network the more evidence, and a suspect of either
 * remains one. So no network with less evidence takes the place of the one that is named.
 */
export function mergeNetworks(one: Omit<Networks, 'network'>, other: Omit<Networks, 'network'>): Networks {
  const merged = new Map<string, NetworkEvidence>()
  for (const evidence of [...one.networks, ...other.networks]) {
    const { network, count, isSuspect } = merged.get(evidence.network) ?? evidence
    merged.set(network, {
      network,
      count: Math.max(count, evidence.count),
      isSuspect: isSuspect || evidence.isSuspect,
    })
  }
  return ranked([...merged.values()], Math.max(one.networkCount, other.networkCount))
}

/** As `findings.networks` keeps them; none in rows of earlier versions. Rows are written by the watch alone. */
export function readNetworks(column: Prisma.JsonValue): NetworkEvidence[] {
  return (column ?? []) as NetworkEvidence[]
}

function ranked(all: NetworkEvidence[], total: number): Networks {
  const sorted = all.toSorted(
    (a, b) =>
      Number(b.isSuspect) - Number(a.isSuspect) || b.count - a.count || (a.network < b.network ? -1 : 1),
  )
  const [first] = sorted
  return {
    network: first?.isSuspect ? first.network : null,
    networks: sorted.slice(0, MOST_LISTED),
    networkCount: Math.max(total, all.length),
  }
}

/**
 * The network that did more than half of it, those left out that the account is known to use: an owner mistypes, too.
 * @param counts the busiest networks
 * @param total the evidence of all networks
 */
export function suspectAmong(counts: NetworkCount[], total: number, known: string[] = []): string | null {
  const strange = counts.filter(({ network }) => !known.includes(network))
  const ofKnown = counts
    .filter(({ network }) => known.includes(network))
    .reduce((sum, { count }) => sum + count, 0)
  const busiest = strange.reduce<NetworkCount | null>(
    (most, one) => (most && most.count >= one.count ? most : one),
    null,
  )
  return busiest && busiest.count * 2 > total - ofKnown ? busiest.network : null
}

/** Of rows with a network and a count: the busiest networks as `NetworkCount[]`. */
export function busiestNetworks(network: Prisma.Sql, count: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`COALESCE(to_jsonb((array_agg(jsonb_build_object('network', ${network}, 'count', ${count})
    ORDER BY ${count} DESC, ${network}) FILTER (WHERE ${network} IS NOT NULL))[1:${MOST_READ}]), '[]')`
}

/** The networks from which an account had got in before an event, as far as it is not buried under others. */
export function networksKnownTo(userId: Prisma.Sql, beforeId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`ARRAY(
    SELECT DISTINCT COALESCE(earlier.network, ip_address) FROM (
      SELECT network, ip_address, event_type, success FROM auth_events
      WHERE user_id = ${userId} AND id < ${beforeId} ORDER BY id DESC LIMIT ${MAX_EARLIER_EVENTS}) AS earlier
    WHERE success AND event_type IN ('signup', 'login', 'token_refreshed')
      AND COALESCE(earlier.network, ip_address) IS NOT NULL)`
}
