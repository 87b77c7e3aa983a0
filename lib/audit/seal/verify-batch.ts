import type { Tx } from '#lib/db/client.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Problem } from './problem.ts'
import { findEvent, type StoredEvent } from './read-events.ts'
import { entryMac, unpackEntries } from './seal-entries.ts'
import { sealSecrets } from './seal-secrets.ts'
import { isRecorded, verifyEvent } from './verify-event.ts'

/** `secret` made the seal; `recording` may have recorded its events, the likeliest first. */
type Secrets = { secret: string; recording: string[] }

/**
 * @param options.events the first events of the range, one more than there are entries: a surplus event was inserted
 * @param options.isOld whether an event may have been recorded before events had a MAC
 * @returns null, or the first problem: `removed`, `changed` or `inserted`
 */
export async function verifyBatch(
  tx: Tx,
  packed: Uint8Array,
  {
    events,
    secret,
    recording,
    isOld,
  }: Secrets & { events: StoredEvent[]; isOld: (event: StoredEvent) => boolean },
): Promise<Result<null, Problem>> {
  const entries = unpackEntries(packed)
  const sealed = new Set(entries.map(({ id }) => id))
  const eventsById = new Map(events.map((event) => [event.id, event]))
  for (let i = 0; i < Math.max(entries.length, events.length); i++) {
    const [entry, event] = [entries[i], events[i]]
    if (event?.isDuplicate) return err({ code: 'inserted', eventId: event.id })
    if (entry) {
      const { id: eventId, mac } = entry
      // It may have moved, or inserted events may have pushed it out of `events`.
      const found = eventsById.get(eventId) ?? (await findEvent(tx, eventId))
      if (!found) return err({ code: 'removed', eventId })
      if (!entryMac(found, secret).equals(mac)) return err({ code: 'changed', eventId })
      const own = await verifyEvent(found, { secrets: recording, isOld: isOld(found) })
      if (!own.ok) return own
    }
    if (event && !sealed.has(event.id)) {
      return err({ code: isRecorded(event, sealSecrets()) ? 'changed' : 'inserted', eventId: event.id })
    }
  }
  return ok(null)
}
