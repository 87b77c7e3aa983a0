import type { Actor } from '#lib/actor.ts'
import { recordDenied } from '#lib/audit/record-denied.ts'

/** Whether the actor, whose role was read from the database for this very request, is an administrator; a no leaves an event (ASVS 8.2.1, 16.3.2). */
export async function isAdmin(actor: Actor): Promise<boolean> {
  if (actor.role === 'admin') return true
  await recordDenied(actor, { failureReason: 'not_an_administrator' })
  return false
}
