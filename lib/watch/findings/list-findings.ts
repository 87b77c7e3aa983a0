import type { Operator } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { Finding } from '#lib/db/generated/client.ts'
import { cutPage, PAGE_SIZE, type PageRequest } from '#lib/page.ts'
import { HOUR_SECONDS, secondsLater } from '#lib/time.ts'
import { isUuid } from '#lib/uuid.ts'
import type { CandidateFinding, Confidence } from '../patterns/candidate-finding.ts'
import { type NetworkEvidence, readNetworks } from '../patterns/network-evidence.ts'
import type { Pattern } from '../patterns/thresholds.ts'

/** A finding that is not handled is open for so long after its last evidence, and extended by more of it. */
const OPEN_HOURS = 24

/** A suspicion that was kept. `email` is that of the account it is about, null without one or when it is deleted. */
export type FindingView = CandidateFinding & {
  id: string
  email: string | null
  handledAt: Date | null
  handledBy: string | null
}

/** Evidence from this moment on makes a finding that is not handled an open one. */
export function openSince(now: Date): Date {
  return secondsLater(now, -OPEN_HOURS * HOUR_SECONDS)
}

/**
 * A page of findings, those with the latest evidence first.
 * @param _operator findings tell of everybody: only who runs the instance may ask
 * @param page `open`: not handled and seen within 24 hours; `past`: all others. `cursor`: the `nextCursor` of the page before
 * @returns the findings, and the cursor of the next page or null at the end
 */
export async function listFindings(
  _operator: Operator,
  page: PageRequest & { state: 'open' | 'past' },
  now = new Date(),
): Promise<{ findings: FindingView[]; nextCursor: string | null }> {
  const { state, limit = PAGE_SIZE, cursor } = page
  const since = openSince(now)
  const found = await db().finding.findMany({
    where: {
      ...(state === 'open'
        ? { handledAt: null, lastSeenAt: { gte: since } }
        : { OR: [{ handledAt: { not: null } }, { lastSeenAt: { lt: since } }] }),
      AND: await after(cursor),
    },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  })
  const { rows, nextCursor } = cutPage(found, limit, ({ id }) => id)
  const emails = await emailsOf(rows)
  return { findings: rows.map((row) => toView(row, emails)), nextCursor }
}

/** What comes after the finding that the cursor names, wherever that one stands by now. */
async function after(cursor: string | undefined) {
  const last = cursor && isUuid(cursor) && (await db().finding.findUnique({ where: { id: cursor } }))
  // A cursor that leads nowhere any more is the end, not the beginning.
  if (!last) return cursor ? { id: { in: [] } } : {}
  const { id, lastSeenAt } = last
  return { lastSeenAt: { lte: lastSeenAt }, NOT: { lastSeenAt, id: { gte: id } } }
}

async function emailsOf(rows: Finding[]): Promise<Map<string, string>> {
  const ids = rows.flatMap(({ userId }) => userId ?? [])
  const users = await db().user.findMany({ where: { id: { in: ids } }, select: { id: true, email: true } })
  return new Map(users.map(({ id, email }) => [id, email]))
}

/** Rows are written by `watch` alone, from suspicions. */
function toView(row: Finding, emails: Map<string, string>): FindingView {
  return {
    ...row,
    pattern: row.pattern as Pattern,
    confidence: row.confidence as Confidence,
    details: row.details as CandidateFinding['details'],
    networks: networksOf(row),
    networkCount: row.networkCount ?? networksOf(row).length,
    email: emails.get(row.userId ?? '') ?? null,
  }
}

/** A finding of an earlier version names one network, which is surely the attacker's only if the finding is about it. */
function networksOf({ networks, network, subject, count }: Finding): NetworkEvidence[] {
  if (networks) return readNetworks(networks)
  return network ? [{ network, count, isSuspect: network === subject }] : []
}
