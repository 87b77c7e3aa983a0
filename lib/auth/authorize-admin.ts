import type { Actor } from '#lib/actor.ts'
import { recordDenied } from '#lib/audit/record-denied.ts'

/** Records a refusal (ASVS 8.2.1, 16.3.2). The actor's role comes from the database, read for this request. */
export async function authorizeAdmin(actor: Actor): Promise<boolean> {
  if (actor.role === 'admin') return true
  await recordDenied(actor, { failureReason: 'not_an_administrator' })
  return false
}
