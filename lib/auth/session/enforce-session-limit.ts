import type { Client } from '#lib/actor.ts'
import { ACTIVE_SESSIONS_LIMIT, SESSION_BATCH_SIZE } from '#lib/auth/policy.ts'
import type { Tx } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import { revokeAllBut } from './revoke-all-sessions.ts'
import { revokeSession, revokeSessions } from './revoke-session.ts'
import { selectActiveSessions } from './select-sessions.ts'

const REASON = 'too_many_sessions'

/**
 * Makes room for one more session of a user whose row the transaction has locked: ends the session that the new one
 * replaces, and of the others those seen least recently, until 99 active ones are left (ASVS 7.1.2).
 * @param replacedId of this account or of another that this browser was logged in to
 */
export async function enforceSessionLimit(
  tx: Tx,
  userId: string,
  replacedId: string | null,
  client: Client,
  now: Date,
): Promise<void> {
  const active = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM (${selectActiveSessions(Prisma.sql`${userId}::uuid`, now)}) AS active
    ORDER BY last_seen_at DESC, id DESC`
  const others = active.map(({ id }) => id).filter((id) => id !== replacedId)
  const kept = others.slice(0, ACTIVE_SESSIONS_LIMIT - 1)
  const surplus = others.slice(kept.length)
  if (replacedId) {
    // In one order: a log-in to the other account may be ending sessions of this one.
    const ids = [replacedId, ...surplus.slice(0, SESSION_BATCH_SIZE)]
    await tx.$queryRaw`SELECT 1 FROM sessions WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR UPDATE`
    await revokeSession(tx, replacedId, 'replaced', client, now)
  }
  // An account from before the limit. What is open but expired ends with the others.
  if (surplus.length > SESSION_BATCH_SIZE) await revokeAllBut(tx, userId, kept, REASON, client, now)
  else await revokeSessions(tx, surplus, REASON, client, now)
}
