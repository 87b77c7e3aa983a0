import type { Actor } from '#lib/audit/events'
import { record } from '#lib/audit/record'
import { db } from '#lib/db/client'

/** Whether the actor, whose role was read from the database for this very request, is an administrator; a no leaves an event (ASVS 8.2.1, 16.3.2). */
export async function isAdmin({ role, client, userId, sessionId }: Actor): Promise<boolean> {
  if (role === 'admin') return true
  const event = { type: 'access_denied', failureReason: 'not_an_administrator' } as const
  await record(db(), { ...event, client, userId, sessionId })
  return false
}
