import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import type { Outcome } from './new-event.ts'
import { recordSparingly } from './record-sparingly.ts'

export function recordDenied(
  { client, userId, sessionId }: Actor,
  denial: Outcome<'access_denied'>,
): Promise<void> {
  return recordSparingly(db(), { type: 'access_denied', client, userId, sessionId, ...denial })
}
