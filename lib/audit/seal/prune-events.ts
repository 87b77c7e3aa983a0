import { db, type Tx } from '#lib/db/client.ts'
import { tryLock } from '#lib/db/locks.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { log } from '#lib/log.ts'
import { daysBefore } from '#lib/time.ts'
import { FIRST } from './position.ts'
import { inRange } from './read-events.ts'
import { endOf, lastSeal } from './read-seals.ts'
import { requireGenuineSeal } from './require-genuine-seal.ts'
import { prunedMac } from './seal-head.ts'
import { newestSecret } from './seal-secrets.ts'

/** How long events are kept. */
export function getRetentionDays(): number {
  return nodeEnv().auditRetentionDays
}

/**
 * Deletes whole batches, on one instance at a time. Their seals stay, marked as pruned, so the chain can be verified.
 * @returns the number of deleted events. Throws if a seal that it would sign was tampered with
 */
export async function pruneEvents(now: Date): Promise<number> {
  let pruned = 0
  let dropped: number | null = 0
  do {
    pruned += dropped
    dropped = await db().$transaction((tx) => pruneBatch(tx, now))
  } while (dropped !== null)
  if (pruned > 0) log().info({ job: 'retention', audit_pruned: { events: pruned } })
  return pruned
}

async function pruneBatch(tx: Tx, now: Date): Promise<number | null> {
  if (!(await tryLock(tx, 'seals'))) return null
  const [next] = await tx.$queryRaw<{ number: number }[]>`
    SELECT number FROM audit_seals WHERE pruned_at IS NULL ORDER BY number LIMIT 1`
  if (!next) return null
  // The seal before it ends where its range begins.
  const { seal: oldest, previous } = await requireGenuineSeal(tx, next.number, 'retention')
  const { number: lastNumber } = await lastSeal(tx)
  const { secret } = await requireGenuineSeal(tx, lastNumber, 'retention')
  // The last seal has another secret: the server that has that one first in its ring prunes, or seals first.
  if (secret !== newestSecret()) return null
  const before = daysBefore(now, getRetentionDays())
  if (oldest.lastEventAt >= before) return null
  await tx.$queryRaw`SELECT set_config('taskward.retention', 'on', true)`
  const from = previous ? endOf(previous) : FIRST
  const dropped = await tx.$executeRaw`DELETE FROM auth_events WHERE ${inRange(from, endOf(oldest))}`
  await tx.$executeRaw`
    UPDATE audit_seals SET entries = NULL, pruned_at = ${now},
      pruned_mac = ${prunedMac(oldest, now)}
    WHERE number = ${oldest.number}`
  return dropped
}
