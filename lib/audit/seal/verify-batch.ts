import type { Tx } from '#lib/db/client.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Problem } from './problem.ts'
import { findEvent, type StoredEvent } from './read-events.ts'
import { entryMac, unpackEntries } from './seal-entries.ts'
import { sealSecrets } from './seal-secrets.ts'
import { isRecorded, verifyEvent } from './verify-event.ts'

/** `secret`: that of the seal; `recording`: those that may have recorded its events, the likeliest first. */
type Secrets = { secret: string; recording: string[] }

/**
 * Compares the entries of a seal with the events of its range and names the first that differs, in their order.
 *
 * @param events the range's first events, one more than there are entries: the one too many was inserted
 * @param isOld whether an event may be from before events had a MAC
 */
export async function verifyBatch(
  tx: Tx,
  packed: Uint8Array,
  events: StoredEvent[],
  { secret, recording }: Secrets,
  isOld: (event: StoredEvent) => boolean,
): Promise<Result<null, Problem>> {
  const entries = unpackEntries(packed)
  const sealed = new Set(entries.map(({ id }) => id))
  const standing = new Map(events.map((event) => [event.id, event]))
  for (let i = 0; i < Math.max(entries.length, events.length); i++) {
    const [entry, event] = [entries[i], events[i]]
    if (event?.isDuplicate) return err({ code: 'inserted', eventId: event.id })
    if (entry) {
      const { id: eventId, mac } = entry
      // Elsewhere: moved to another place, or pushed out of sight by inserted ones.
      const found = standing.get(eventId) ?? (await findEvent(tx, eventId))
      if (!found) return err({ code: 'removed', eventId })
      if (!entryMac(found, secret).equals(mac)) return err({ code: 'changed', eventId })
      const own = await verifyEvent(found, recording, isOld(found))
      if (!own.ok) return own
    }
    // A genuine one was moved here from another place.
    if (event && !sealed.has(event.id)) {
      return err({ code: isRecorded(event, sealSecrets()) ? 'changed' : 'inserted', eventId: event.id })
    }
  }
  return ok(null)
}
