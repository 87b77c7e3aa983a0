import type { Actor } from '#lib/actor.ts'
import { deviceName } from '#lib/audit/words/device-name.ts'
import { db } from '#lib/db/client.ts'
import { isUuid } from '#lib/uuid.ts'

/** The device of an ended session of the account. Null for an active, absent, foreign or malformed id. */
export async function getEndedDevice({ userId }: Actor, sessionId: string): Promise<string | null> {
  if (!isUuid(sessionId)) return null
  const ended = await db().session.findFirst({
    where: { id: sessionId, userId, revokedAt: { not: null } },
    select: { userAgent: true },
  })
  return ended && deviceName(ended.userAgent)
}
