import { Prisma } from '#lib/db/generated/client.ts'
import { MAX_EARLIER_EVENTS } from './window.ts'

export const MAX_LISTED = 10

/** Networks that a query returns, the busiest: more than are listed, because an account's own are set apart. */
const MAX_READ = 100

export type NetworkCount = { network: string; count: number }

/** `isSuspect`: it did most of what one check counted, and the account had not used it before. */
export type NetworkEvidence = NetworkCount & { isSuspect: boolean }

export type Networks = {
  /** The suspect with the most evidence; null where it cannot be known which network is the attacker's. */
  network: string | null
  /** Suspects first, then by evidence; at most `MAX_LISTED`. */
  networks: NetworkEvidence[]
  networkCount: number
}

/** @param options.total the number of networks, where `counts` is only a part of them */
export function listNetworks(
  counts: NetworkCount[],
  { suspect, total = counts.length }: { suspect: string | null; total?: number },
): Networks {
  return rankNetworks(
    counts.map((one) => ({ ...one, isSuspect: one.network === suspect })),
    total,
  )
}

/** Keeps the higher count of each network and the suspects of both, so that no weaker one replaces the suspect. */
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
  return rankNetworks([...merged.values()], Math.max(one.networkCount, other.networkCount))
}

/** The column `findings.networks`, which is null in rows of earlier versions. Only `saveFinding` writes it. */
export function readNetworks(column: Prisma.JsonValue): NetworkEvidence[] {
  return (column ?? []) as NetworkEvidence[]
}

function rankNetworks(all: NetworkEvidence[], total: number): Networks {
  const sorted = all.toSorted(
    (a, b) =>
      Number(b.isSuspect) - Number(a.isSuspect) || b.count - a.count || (a.network < b.network ? -1 : 1),
  )
  const [first] = sorted
  return {
    network: first?.isSuspect ? first.network : null,
    networks: sorted.slice(0, MAX_LISTED),
    networkCount: Math.max(total, all.length),
  }
}

/** More than half of `total`, the evidence of all networks. Known networks are exempt, because owners mistype. */
export function findSuspect(
  counts: NetworkCount[],
  { total, known = [] }: { total: number; known?: string[] },
): string | null {
  const unknown = counts.filter(({ network }) => !known.includes(network))
  const ofKnown = counts
    .filter(({ network }) => known.includes(network))
    .reduce((sum, { count }) => sum + count, 0)
  const busiest = unknown.reduce<NetworkCount | null>(
    (most, one) => (most && most.count >= one.count ? most : one),
    null,
  )
  return busiest && busiest.count * 2 > total - ofKnown ? busiest.network : null
}

/** SQL that aggregates rows of network and count to the busiest networks, as `NetworkCount[]`. */
export function selectBusiestNetworks(network: Prisma.Sql, count: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`COALESCE(to_jsonb((array_agg(jsonb_build_object('network', ${network}, 'count', ${count})
    ORDER BY ${count} DESC, ${network}) FILTER (WHERE ${network} IS NOT NULL))[1:${MAX_READ}]), '[]')`
}

/** SQL of the networks from which an account had logged in before an event, within its last 2000 events. */
export function selectKnownNetworks(userId: Prisma.Sql, beforeId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`ARRAY(
    SELECT DISTINCT COALESCE(earlier.network, ip_address) FROM (
      SELECT network, ip_address, event_type, success FROM auth_events
      WHERE user_id = ${userId} AND id < ${beforeId} ORDER BY id DESC LIMIT ${MAX_EARLIER_EVENTS}) AS earlier
    WHERE success AND event_type IN ('signup', 'login', 'token_refreshed')
      AND COALESCE(earlier.network, ip_address) IS NOT NULL)`
}
