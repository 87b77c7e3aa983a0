import type { Tx } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import type { CandidateFinding } from './candidate-finding.ts'

/** Failures of a network that a finding about the network tells of already, up to its last evidence. */
export type CoveredFailures = { network: string; until: Date }

/**
 * What findings of a pattern tell of, with evidence since a moment: an attack that leaves its window piece by piece
 * must not be found once more as a lesser one.
 */
export async function coveredByFindings(
  tx: Tx,
  pattern: 'password_spraying' | 'address_failures',
  since: Date,
): Promise<CoveredFailures[]> {
  const findings = await tx.finding.findMany({
    where: { pattern, lastSeenAt: { gte: since } },
    select: { subject: true, lastSeenAt: true },
  })
  return coveredBy(findings)
}

/** What suspicions about networks tell of. */
export function coveredBy(suspicions: Pick<CandidateFinding, 'subject' | 'lastSeenAt'>[]): CoveredFailures[] {
  return suspicions.map(({ subject, lastSeenAt }) => ({ network: subject, until: lastSeenAt }))
}

/** The condition of events that nothing explains yet. */
export function notCovered(explained: CoveredFailures[]): Prisma.Sql {
  if (explained.length === 0) return Prisma.sql`true`
  const networks = explained.map(({ network }) => network)
  const untils = explained.map(({ until }) => until.toISOString())
  return Prisma.sql`NOT EXISTS (
    SELECT 1 FROM unnest(${networks}::text[], ${untils}::timestamptz[]) AS explained (by_network, until)
    WHERE by_network = network AND created_at <= until)`
}
