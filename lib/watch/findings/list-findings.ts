import type { Operator } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { Finding } from '#lib/db/generated/client.ts'
import { cutPage, PAGE_SIZE, type PageRequest } from '#lib/page.ts'
import { HOUR_SECONDS, secondsLater } from '#lib/time.ts'
import { isUuid } from '#lib/uuid.ts'
import type { CandidateFinding, Confidence } from '../patterns/candidate-finding.ts'
import { type NetworkEvidence, readNetworks } from '../patterns/network-evidence.ts'
import type { Pattern } from '../patterns/thresholds.ts'

/** A finding that no administrator has handled stays open for this long after its last evidence. */
const OPEN_HOURS = 24

/** A saved finding. `email` is that of its account; null without an account, or where it is deleted. */
export type FindingView = CandidateFinding & {
  id: string
  email: string | null
  handledAt: Date | null
  handledBy: string | null
}

export function openSince(now: Date): Date {
  return secondsLater(now, -OPEN_HOURS * HOUR_SECONDS)
}

/**
 * @param page `open` findings are unhandled and have evidence of the last 24 hours; `past` are all others
 * @returns the findings with the latest evidence first, and the cursor of the next page or null at the end
 */
export async function listFindings(
  _operator: Operator,
  { state, limit = PAGE_SIZE, cursor, now }: PageRequest & { state: 'open' | 'past'; now: Date },
): Promise<{ findings: FindingView[]; nextCursor: string | null }> {
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

async function after(cursor: string | undefined) {
  const last = cursor && isUuid(cursor) && (await db().finding.findUnique({ where: { id: cursor } }))
  // A cursor whose finding was deleted is the end of the list.
  if (!last) return cursor ? { id: { in: [] } } : {}
  const { id, lastSeenAt } = last
  return { lastSeenAt: { lte: lastSeenAt }, NOT: { lastSeenAt, id: { gte: id } } }
}

async function emailsOf(rows: Finding[]): Promise<Map<string, string>> {
  const ids = rows.flatMap(({ userId }) => userId ?? [])
  const users = await db().user.findMany({ where: { id: { in: ids } }, select: { id: true, email: true } })
  return new Map(users.map(({ id, email }) => [id, email]))
}

/** Only `saveFinding` writes rows, so the casts hold. */
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

/** A finding of an earlier version names one network, and only as its subject is it certainly the attacker's. */
function networksOf({ networks, network, subject, count }: Finding): NetworkEvidence[] {
  if (networks) return readNetworks(networks)
  return network ? [{ network, count, isSuspect: network === subject }] : []
}
