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

/**
 * Drops the events that are older than `AUDIT_RETENTION_DAYS`: whole batches, the oldest first, each in a transaction
 * of its own and by one instance at a time. Their seals stay and say so, so that the chain can still be verified.
 * Returns how many events went. Throws before it would sign for a seal that was tampered with.
 */
export async function pruneEvents(now = new Date()): Promise<number> {
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
  // The one before tells where the range begins.
  const { seal: oldest, previous } = await requireGenuineSeal(tx, next.number, 'retention')
  const { number: lastNumber } = await lastSeal(tx)
  const { secret } = await requireGenuineSeal(tx, lastNumber, 'retention')
  // Another secret proves nothing here, or not yet: the server that has it in front prunes, or seals first.
  if (secret !== newestSecret()) return null
  const before = daysBefore(now, nodeEnv().auditRetentionDays)
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
