import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { recordSparingly } from './record-sparingly.ts'

/** Records that an actor reached for what is not his. `details` names it by its id. */
export function recordDenied(
  { client, userId, sessionId }: Actor,
  failureReason: string,
  details?: Record<string, string>,
): Promise<void> {
  const denied = { type: 'access_denied', client, userId, sessionId, failureReason } as const
  return recordSparingly(db(), { ...denied, ...(details && { details }) })
}
