import { eventMac } from '#lib/audit/seal/event-mac.ts'
import { db, isDatabaseUnavailable } from '#lib/db/client.ts'
import { err, ok, type Result } from '#lib/result.ts'
import type { Problem } from './problem.ts'
import type { StoredEvent } from './read-events.ts'

/**
 * @param options.isOld whether it may have been recorded before events had a MAC
 * @returns null, `inserted` or `changed`
 */
export async function verifyEvent(
  event: StoredEvent,
  { secrets, isOld }: { secrets: string[]; isOld: boolean },
): Promise<Result<null, Problem>> {
  const { id: eventId, mac } = event
  if (!mac) return isOld ? ok(null) : err({ code: 'inserted', eventId })
  if (isRecorded(event, secrets)) return ok(null)
  return err({ code: (await isCopied(eventId, mac)) ? 'inserted' : 'changed', eventId })
}

export function isRecorded(event: StoredEvent, secrets: string[]): boolean {
  const { mac } = event
  return mac !== null && secrets.some((secret) => eventMac(event, secret).equals(mac))
}

/** Whether another event has this MAC. There is no index: false if the search of a long trail times out. */
async function isCopied(id: string, mac: Uint8Array): Promise<boolean> {
  try {
    const where = { mac: Buffer.from(mac), id: { not: id } }
    return (await db().authEvent.findFirst({ where, select: { id: true } })) !== null
  } catch (error) {
    if (isDatabaseUnavailable(error)) return false
    throw error
  }
}
