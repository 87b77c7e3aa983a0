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

/** A finding to alert about: new (`opened`), or with a higher confidence than before (`rose`). */
export type SavedFinding = {
  change: 'opened' | 'rose'
  finding: Finding & Pick<CandidateFinding, 'pattern' | 'confidence'>
}

/**
 * Extends the finding that is open at the last evidence, or opens one. Ignores evidence from before it was handled.
 * @returns the finding if it is new or its confidence rose, else null
 */
export async function saveFinding(tx: Tx, candidate: CandidateFinding): Promise<SavedFinding | null> {
  const { pattern, subject, lastSeenAt } = candidate
  const about = { pattern, subject }
  const isCovered = await tx.finding.count({ where: { ...about, handledAt: { gte: lastSeenAt } }, take: 1 })
  if (isCovered) return null
  const open = await tx.finding.findFirst({
    where: { ...about, handledAt: null, lastSeenAt: { gte: openSince(lastSeenAt) } },
    orderBy: { lastSeenAt: 'desc' },
  })
  if (!open) {
    const finding = await tx.finding.create({ data: candidate })
    return { change: 'opened', finding: { ...finding, pattern, confidence: candidate.confidence } }
  }
  return extend(tx, open, candidate)
}

async function extend(tx: Tx, open: Finding, candidate: CandidateFinding): Promise<SavedFinding | null> {
  const { pattern } = candidate
  const rises = confidenceRank(candidate) > confidenceRank(open)
  const isStronger =
    rises || (confidenceRank(candidate) === confidenceRank(open) && candidate.count > open.count)
  const isPeriodLonger = candidate.lastSeenAt > open.lastSeenAt || candidate.firstSeenAt < open.firstSeenAt
  // A finding of an earlier version has no list. Its `network` may only be that of the last evidence.
  const before = { networks: readNetworks(open.networks), networkCount: open.networkCount ?? 0 }
  const merged = mergeNetworks(before, candidate)
  const isWider =
    !isDeepStrictEqual(before.networks, merged.networks) || before.networkCount !== merged.networkCount
  if (!isStronger && !isPeriodLonger && !isWider) return null
  const [extended] = await tx.finding.updateManyAndReturn({
    // If an administrator has handled it in the meantime, the next check decides whether there is new evidence.
    where: { id: open.id, handledAt: null },
    data: {
      // The stronger evidence as a whole, so that count and details belong together.
      ...(isStronger && candidate),
      ...merged,
      firstSeenAt: earlier(open.firstSeenAt, candidate.firstSeenAt),
      lastSeenAt: later(open.lastSeenAt, candidate.lastSeenAt),
    },
  })
  if (!rises || !extended) return null
  return { change: 'rose', finding: { ...extended, pattern, confidence: candidate.confidence } }
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
