import type { Tx } from '#lib/db/client.ts'
import { FIRST, type Position } from './position.ts'
import { GENESIS, type Seal } from './seal-head.ts'

/** A seal as the database has it, not verified. `entries` is null where its events were pruned. */
export type StoredSeal = Seal & {
  entries: Uint8Array | null
  head: Uint8Array
  prunedAt: Date | null
  prunedMac: Uint8Array | null
  /** The unverified id of its secret; null in seals of earlier versions. */
  keyId: string | null
}

export function readSeals(tx: Tx, afterNumber: number, limit: number): Promise<StoredSeal[]> {
  return tx.$queryRaw<StoredSeal[]>`
    SELECT number, era, to_xid::text AS "toXid", to_id AS "toId", event_count AS "eventCount",
      total_count AS "totalCount", entries, entries_digest AS "entriesDigest", head, sealed_at AS "sealedAt",
      last_event_at AS "lastEventAt", pruned_at AS "prunedAt", pruned_mac AS "prunedMac",
      pruned_through AS "prunedThrough", key_id AS "keyId"
    FROM audit_seals WHERE number > ${afterNumber}::bigint ORDER BY number LIMIT ${limit}`
}

export function endOf({ era, toXid, toId }: Seal): Position {
  return { era, xid: toXid, id: toId }
}

type LastSeal = { number: number; head: Uint8Array; totalCount: bigint; end: Position }

/** The last seal of the chain; before the first one, the position where the chain will begin. */
export async function lastSeal(tx: Tx): Promise<LastSeal> {
  const [last] = await tx.$queryRaw<(Position & Omit<LastSeal, 'end'>)[]>`
    SELECT number, head, total_count AS "totalCount", era, to_xid::text AS xid, to_id AS id
    FROM audit_seals ORDER BY number DESC LIMIT 1`
  if (!last) return { number: 0, head: GENESIS, totalCount: 0n, end: FIRST }
  const { number, head, totalCount, era, xid, id } = last
  return { number, head, totalCount, end: { era, xid, id } }
}
