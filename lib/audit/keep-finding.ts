import type { Tx } from '#lib/db/client'
import type { Finding } from '#lib/db/generated/client'
import { openSince } from './list-findings'
import type { Confidence, Suspicion } from './suspicious/suspicion'
import type { Pattern } from './thresholds'

const SURENESS: Record<string, number> = { low: 0, medium: 1, high: 2 } satisfies Record<Confidence, number>

/** Two ways to see one attacking network: what began as one may turn out to be the other, and stays one finding. */
const KIN: Partial<Record<Pattern, Pattern[]>> = {
  password_spraying: ['password_spraying', 'address_failures'],
  address_failures: ['password_spraying', 'address_failures'],
}

/**
 * Keeps a suspicion: extends the open finding of its pattern and subject, or opens one. Evidence that a finding tells
 * of already changes nothing, handled or not; handled findings stay closed.
 * @returns the finding if it is new or surer than before, which is worth an alert; else null
 */
export async function keepFinding(tx: Tx, suspicion: Suspicion, now: Date): Promise<Finding | null> {
  const { pattern, subject, lastSeenAt } = suspicion
  const same = { pattern: { in: KIN[pattern] ?? [pattern] }, subject }
  const open = await tx.finding.findFirst({
    where: { ...same, handledAt: null, lastSeenAt: { gte: openSince(now) } },
    orderBy: { lastSeenAt: 'desc' },
  })
  if (open) return extend(tx, open, suspicion)
  const told = await tx.finding.findFirst({
    where: { ...same, OR: [{ handledAt: { gte: lastSeenAt } }, { lastSeenAt: { gte: lastSeenAt } }] },
    select: { id: true },
  })
  return told ? null : tx.finding.create({ data: suspicion })
}

/** The strongest look decides what the finding says; the span of the evidence only ever grows. */
async function extend(tx: Tx, open: Finding, suspicion: Suspicion): Promise<Finding | null> {
  const { firstSeenAt, lastSeenAt, confidence, count, ...words } = suspicion
  const isOther = words.pattern !== open.pattern
  const isSurer = sureness(suspicion) > sureness(open)
  const isStronger = isSurer || (sureness(suspicion) === sureness(open) && count >= open.count)
  const rewrites = isOther ? words.pattern === 'password_spraying' : isStronger
  const isMore = isSurer || lastSeenAt > open.lastSeenAt || (rewrites && (isOther || count > open.count))
  if (!isMore) return null
  const extended = await tx.finding.update({
    where: { id: open.id },
    data: {
      ...(rewrites && { ...words, count: isOther ? count : Math.max(count, open.count) }),
      ...(isSurer && { confidence }),
      firstSeenAt: new Date(Math.min(firstSeenAt.getTime(), open.firstSeenAt.getTime())),
      lastSeenAt: new Date(Math.max(lastSeenAt.getTime(), open.lastSeenAt.getTime())),
    },
  })
  return isSurer ? extended : null
}

function sureness({ confidence }: { confidence: string }): number {
  return SURENESS[confidence] ?? 0
}
