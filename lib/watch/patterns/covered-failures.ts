import type { Tx } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import type { CandidateFinding } from './candidate-finding.ts'

/** Failures of a network up to the last evidence of a finding about it. Another finding does not count them again. */
export type CoveredFailures = { network: string; until: Date }

/** Without them, an attack that leaves its window event by event would be found again as a lesser pattern. */
export async function coveredByFindings(
  tx: Tx,
  { pattern, since }: { pattern: 'password_spraying' | 'address_failures'; since: Date },
): Promise<CoveredFailures[]> {
  const findings = await tx.finding.findMany({
    where: { pattern, lastSeenAt: { gte: since } },
    select: { subject: true, lastSeenAt: true },
  })
  return coveredBy(findings)
}

export function coveredBy(findings: Pick<CandidateFinding, 'subject' | 'lastSeenAt'>[]): CoveredFailures[] {
  return findings.map(({ subject, lastSeenAt }) => ({ network: subject, until: lastSeenAt }))
}

export function notCovered(covered: CoveredFailures[]): Prisma.Sql {
  if (covered.length === 0) return Prisma.sql`true`
  const networks = covered.map(({ network }) => network)
  const untils = covered.map(({ until }) => until.toISOString())
  return Prisma.sql`NOT EXISTS (
    SELECT 1 FROM unnest(${networks}::text[], ${untils}::timestamptz[]) AS covered (by_network, until)
    WHERE by_network = network AND created_at <= until)`
}
