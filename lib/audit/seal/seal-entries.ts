import { auditMac, canonicalEvent } from '#lib/audit/seal/event-mac.ts'
import type { StoredEvent } from './read-events.ts'
import { newestSecret } from './seal-secrets.ts'

const ID_BYTES = 16
/** HMAC-SHA-256, truncated to 128 bits (RFC 2104, 5). */
const MAC_BYTES = 16
const ENTRY_BYTES = ID_BYTES + MAC_BYTES

type Entry = { id: string; mac: Buffer }

export function entryMac(event: StoredEvent, secret: string): Buffer {
  const own = event.mac && Buffer.from(event.mac).toString('hex')
  const text = JSON.stringify([canonicalEvent(event), own, event.era, event.xid])
  return auditMac('entry', text, secret).subarray(0, MAC_BYTES)
}

/** The column `audit_seals.entries`: 32 bytes per event. */
export function packEntries(events: StoredEvent[]): Buffer<ArrayBuffer> {
  const secret = newestSecret()
  const ids = events.map(({ id }) => Buffer.from(id.replaceAll('-', ''), 'hex'))
  return Buffer.concat(events.flatMap((event, i) => [ids[i] ?? Buffer.alloc(0), entryMac(event, secret)]))
}

export function unpackEntries(packed: Uint8Array): Entry[] {
  const bytes = Buffer.from(packed)
  return Array.from({ length: Math.floor(bytes.length / ENTRY_BYTES) }, (_, i) => {
    const entry = bytes.subarray(i * ENTRY_BYTES, (i + 1) * ENTRY_BYTES)
    const id = entry.toString('hex', 0, ID_BYTES).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    return { id, mac: entry.subarray(ID_BYTES) }
  })
}
