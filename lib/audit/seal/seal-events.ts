import { db, type Tx } from '#lib/db/client.ts'
import { tryLock } from '#lib/db/locks.ts'
import { log } from '#lib/log.ts'
import { MINUTE_MS } from '#lib/time.ts'
import { beginEraIfRestored, currentEra } from './era.ts'
import { LEAST_ID, type Position } from './position.ts'
import { inRange, readEvents, type StoredEvent } from './read-events.ts'
import { lastSeal, type StoredSeal } from './read-seals.ts'
import { requireGenuineSeal } from './require-genuine-seal.ts'
import { isSuperseded, readRotations } from './rotations.ts'
import { packEntries } from './seal-entries.ts'
import { digestOf, type Seal, sealHead } from './seal-head.ts'
import { newestSecret, secretId } from './seal-secrets.ts'

const BATCH_EVENTS = 5000
const STALLED_MS = 5 * MINUTE_MS

type NewSeal = Seal & Pick<StoredSeal, 'head'>

/** @returns the number of sealed events; running transactions wait (docs/decisions/0013-sealed-audit-trail.md) */
export async function sealEvents(now: Date): Promise<number> {
  await beginEraIfRestored()
  let sealed = 0
  let seal: NewSeal | null
  do {
    seal = await db().$transaction((tx) => sealBatch(tx, { now }))
    if (!seal) break
    sealed += seal.eventCount
    const { number, head, totalCount } = seal
    const audit_seal = { number, head: Buffer.from(head).toString('hex'), total_events: Number(totalCount) }
    log().info({ job: 'seals', audit_seal })
  } while (seal.eventCount === BATCH_EVENTS)
  return sealed
}

/** Call it before the first request: only events from before MACs may precede the first seal. */
export async function beginChain(now: Date): Promise<void> {
  await db().$transaction(async (tx) => {
    if (!(await tryLock(tx, 'seals')) || (await lastSeal(tx)).number > 0) return
    const [old] = await tx.$queryRaw<object[]>`SELECT FROM auth_events WHERE mac IS NULL LIMIT 1`
    if (!old) await sealBatch(tx, { now, mayBeEmpty: true })
  })
}

async function sealBatch(
  tx: Tx,
  { now, mayBeEmpty = false }: { now: Date; mayBeEmpty?: boolean },
): Promise<NewSeal | null> {
  const isMyTurn = await tryLock(tx, 'seals')
  const last = await lastSeal(tx)
  if (!isMyTurn) {
    await throwIfStalled(tx, last.end, { now })
    return null
  }
  const isRotation = last.number > 0 && (await isOlderSecret(tx, last.number))
  if (isRotation && isSuperseded(newestSecret(), await readRotations(tx))) {
    // This server's ring is not rotated yet. A server that has the newer secret first seals.
    await throwIfStalled(tx, last.end, { now })
    return null
  }
  const end = await endOfEndedTransactions(tx)
  // All transactions before `end` are over, so a later statement reads all of their events.
  const events = await readEvents(tx, last.end, end, BATCH_EVENTS + 1)
  if (events.length === 0 && !mayBeEmpty && !isRotation) {
    await throwIfStalled(tx, last.end, { now })
    return null
  }
  const to = events[BATCH_EVENTS] ?? end
  const batch = events.slice(0, BATCH_EVENTS)
  const entries = packEntries(batch)
  const seal: Seal = {
    number: last.number + 1,
    era: to.era,
    toXid: to.xid,
    toId: to.id,
    eventCount: batch.length,
    totalCount: last.totalCount + BigInt(batch.length),
    entriesDigest: digestOf(entries),
    sealedAt: now,
    lastEventAt: newest(batch, now),
    prunedThrough: isRotation ? await lastPruned(tx, last.number) : null,
  }
  const head = sealHead(seal, last.head)
  await insertSeal(tx, { ...seal, head }, entries)
  await countEventsOf(tx, last.end, to)
  return { ...seal, head }
}

async function isOlderSecret(tx: Tx, lastNumber: number): Promise<boolean> {
  const { secret } = await requireGenuineSeal(tx, lastNumber, 'seals')
  return secret !== newestSecret()
}

async function lastPruned(tx: Tx, lastNumber: number): Promise<number> {
  const [next] = await tx.$queryRaw<{ number: number }[]>`
    SELECT number FROM audit_seals WHERE pruned_at IS NULL ORDER BY number LIMIT 1`
  return next ? next.number - 1 : lastNumber
}

/** Throws if events have waited for long: a stalled job must not pass for one without work. */
async function throwIfStalled(tx: Tx, from: Position, { now }: { now: Date }): Promise<void> {
  const [oldest] = await readEvents(tx, from, null, 1)
  if (oldest && now.getTime() - oldest.createdAt.getTime() > STALLED_MS) {
    throw new Error(
      'Events wait to be sealed: a transaction that writes stays open, a session keeps the lock, or another secret has followed the first of AUDIT_SEAL_SECRET',
    )
  }
}

/** No event can appear before this position: all of its transactions or its era have ended. */
async function endOfEndedTransactions(tx: Tx): Promise<Position> {
  const era = await currentEra(tx)
  const [row] = await tx.$queryRaw<{ xid: string }[]>`
    SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xid`
  if (!row) throw new Error('PostgreSQL has no snapshot')
  return { era, xid: row.xid, id: LEAST_ID }
}

/** At most `now`: a row that was written by hand must not delay retention. */
function newest(events: StoredEvent[], now: Date): Date {
  if (events.length === 0) return now
  const latest = Math.max(...events.map(({ createdAt }) => createdAt.getTime()))
  return new Date(Math.min(latest, now.getTime()))
}

async function insertSeal(tx: Tx, seal: NewSeal, entries: Buffer): Promise<void> {
  const { number, era, toXid, toId, eventCount, totalCount, entriesDigest, head, sealedAt, lastEventAt } =
    seal
  const { prunedThrough } = seal
  await tx.$executeRaw`
    INSERT INTO audit_seals (number, era, to_xid, to_id, event_count, total_count, entries, entries_digest, head,
      sealed_at, last_event_at, pruned_through, key_id)
    VALUES (${number}, ${era}, ${toXid}::xid8, ${toId}::uuid, ${eventCount}, ${totalCount}, ${entries},
      ${entriesDigest}, ${head}, ${sealedAt}, ${lastEventAt}, ${prunedThrough},
      ${secretId(newestSecret())})`
}

/** Adds the batch to the counts by hour, in the seal's transaction, so that each event counts once. */
async function countEventsOf(tx: Tx, from: Position, to: Position): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO auth_event_counts (hour, event_type, success, count)
    SELECT date_bin('1 hour', created_at, 'epoch'), event_type, success, count(*) FROM auth_events
    WHERE ${inRange(from, to)} AND created_at BETWEEN '0001-01-01' AND '9999-12-31'
    GROUP BY 1, 2, 3
    ON CONFLICT (hour, event_type, success) DO UPDATE SET count = auth_event_counts.count + excluded.count`
}
