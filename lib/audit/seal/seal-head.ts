import { createHash } from 'node:crypto'
import { auditMac } from '#lib/audit/seal/event-mac.ts'
import { newestSecret } from './seal-secrets.ts'

/** One link of the chain, without the events. `toXid` and `toId` end its range. */
export type Seal = {
  number: number
  era: number
  toXid: string
  toId: string
  eventCount: number
  totalCount: bigint
  entriesDigest: Uint8Array
  sealedAt: Date
  lastEventAt: Date
  /** Only where a newer secret takes over: the last seal whose events retention had dropped by then. */
  prunedThrough: number | null
}

/** What the first seal follows. */
export const GENESIS: Uint8Array = Buffer.alloc(32)

/** The head of the chain after this seal: a MAC over it and the head before. */
export function sealHead(seal: Seal, previousHead: Uint8Array, secret = newestSecret()): Buffer<ArrayBuffer> {
  const { number, era, toXid, toId, eventCount, totalCount, entriesDigest, sealedAt, lastEventAt } = seal
  const rotation = seal.prunedThrough === null ? [] : [seal.prunedThrough]
  const counts = [eventCount, String(totalCount), sealedAt.getTime(), lastEventAt.getTime()]
  return auditMac(
    'seal',
    JSON.stringify([number, era, toXid, toId, ...counts, hex(entriesDigest), hex(previousHead), ...rotation]),
    secret,
  )
}

/** Proves that it was retention that dropped the events of a seal. */
export function prunedMac(
  { number, head }: Pick<Seal, 'number'> & { head: Uint8Array },
  prunedAt: Date,
  secret = newestSecret(),
): Buffer<ArrayBuffer> {
  return auditMac('pruned', JSON.stringify([number, hex(head), prunedAt.getTime()]), secret)
}

export function digestOf(entries: Uint8Array): Buffer<ArrayBuffer> {
  return Buffer.from(createHash('sha256').update(entries).digest())
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
