import { isDeepStrictEqual } from 'node:util'
import type { Tx } from '#lib/db/client.ts'
import type { Finding } from '#lib/db/generated/client.ts'
import type { CandidateFinding, Confidence } from '../patterns/candidate-finding.ts'
import { mergeNetworks, readNetworks } from '../patterns/network-evidence.ts'
import { openSince } from './list-findings.ts'

const CONFIDENCE_RANK: Record<string, number> = { low: 1, medium: 2, high: 3 } satisfies Record<
  Confidence,
  number
>

/** A finding of which somebody should hear, and whether it is new or has become surer. */
export type SavedFinding = { change: 'opened' | 'rose'; finding: Finding }

/**
 * Keeps a suspicion: extends the finding about the same pattern and subject that is open at the suspicion's last
 * evidence, or opens one. What a handled finding covers, since there is no evidence after it was handled, stays closed.
 * @returns the finding if it is new or its confidence rose, else null
 */
export async function saveFinding(tx: Tx, suspicion: CandidateFinding): Promise<SavedFinding | null> {
  const { pattern, subject, lastSeenAt } = suspicion
  const about = { pattern, subject }
  const isCovered = await tx.finding.count({ where: { ...about, handledAt: { gte: lastSeenAt } }, take: 1 })
  if (isCovered) return null
  const open = await tx.finding.findFirst({
    where: { ...about, handledAt: null, lastSeenAt: { gte: openSince(lastSeenAt) } },
    orderBy: { lastSeenAt: 'desc' },
  })
  if (!open) return { change: 'opened', finding: await tx.finding.create({ data: suspicion }) }
  return extend(tx, open, suspicion)
}

async function extend(tx: Tx, open: Finding, suspicion: CandidateFinding): Promise<SavedFinding | null> {
  const rises = confidenceRank(suspicion) > confidenceRank(open)
  const isStronger =
    rises || (confidenceRank(suspicion) === confidenceRank(open) && suspicion.count > open.count)
  const isLonger = suspicion.lastSeenAt > open.lastSeenAt || suspicion.firstSeenAt < open.firstSeenAt
  // A finding of an earlier version lists none, and may name a network only because its evidence came last.
  const before = { networks: readNetworks(open.networks), networkCount: open.networkCount ?? 0 }
  const merged = mergeNetworks(before, suspicion)
  const isWider =
    !isDeepStrictEqual(before.networks, merged.networks) || before.networkCount !== merged.networkCount
  if (!isStronger && !isLonger && !isWider) return null
  const [extended] = await tx.finding.updateManyAndReturn({
    // Not if an operator has handled it meanwhile: the next look decides whether there is anything new.
    where: { id: open.id, handledAt: null },
    data: {
      // The strongest evidence as a whole, so that count and details belong together.
      ...(isStronger && suspicion),
      ...merged,
      firstSeenAt: earlier(open.firstSeenAt, suspicion.firstSeenAt),
      lastSeenAt: later(open.lastSeenAt, suspicion.lastSeenAt),
    },
  })
  return rises && extended ? { change: 'rose', finding: extended } : null
}

function confidenceRank({ confidence }: { confidence: string }): number {
  return CONFIDENCE_RANK[confidence] ?? 0
}

function earlier(one: Date, other: Date): Date {
  return one < other ? one : other
}

function later(one: Date, other: Date): Date {
  return one > other ? one : other
}
