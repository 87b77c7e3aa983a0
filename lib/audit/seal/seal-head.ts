import { createHash } from 'node:crypto'
import { auditMac } from '#lib/audit/seal/event-mac.ts'
import { newestSecret } from './seal-secrets.ts'

/** A link of the chain, without its events. `era`, `toXid` and `toId` are the end of its range. */
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
  /** Only after a rotation of the secret: the last seal that retention had pruned by then. */
  prunedThrough: number | null
}

export const GENESIS: Uint8Array = Buffer.alloc(32)

/** The head of the chain after this seal: a MAC over the seal and the head before it. */
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
