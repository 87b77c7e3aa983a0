import { eventMac } from '#lib/audit/seal/event-mac.ts'
import { db, isDatabaseUnavailable } from '#lib/db/client.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Problem } from './problem.ts'
import type { StoredEvent } from './read-events.ts'

/**
 * Whether the application recorded this event as it stands, by the event's own MAC.
 *
 * @param secrets those under which it may have been recorded, the likeliest first
 * @param isOld whether it may be from before events had one
 */
export async function verifyEvent(
  event: StoredEvent,
  secrets: string[],
  isOld: boolean,
): Promise<Result<null, Problem>> {
  const { id: eventId, mac } = event
  if (!mac) return isOld ? ok(null) : err({ code: 'inserted', eventId })
  if (isRecorded(event, secrets)) return ok(null)
  return err({ code: (await isCopied(eventId, mac)) ? 'inserted' : 'changed', eventId })
}

/** Whether the event's own MAC fits one of these secrets. */
export function isRecorded(event: StoredEvent, secrets: string[]): boolean {
  const { mac } = event
  return mac !== null && secrets.some((secret) => eventMac(event, secret).equals(mac))
}

/** Whether the MAC is another event's. No index helps: in a trail too long to search in time, the answer is no. */
async function isCopied(id: string, mac: Uint8Array): Promise<boolean> {
  try {
    const where = { mac: Buffer.from(mac), id: { not: id } }
    return (await db().authEvent.findFirst({ where, select: { id: true } })) !== null
  } catch (error) {
    if (isDatabaseUnavailable(error)) return false
    throw error
  }
}
