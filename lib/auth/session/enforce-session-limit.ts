import type { Client } from '#lib/actor.ts'
import { ACTIVE_SESSIONS_LIMIT, SESSION_BATCH_SIZE } from '#lib/auth/policy.ts'
import type { Tx } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import { revokeSessionsExcept } from './revoke-all-sessions.ts'
import { revokeSession, revokeSessions } from './revoke-session.ts'
import { selectActiveSessions } from './select-sessions.ts'

const REASON = 'too_many_sessions'

type NewSession = {
  userId: string
  /** It may belong to another account, which this browser was logged in to. */
  replacedId: string | null
  client: Client
  now: Date
}

/** Ends the replaced session, and all but the 99 last seen of the others (ASVS 7.1.2). Needs `lockUser`. */
export async function enforceSessionLimit(
  tx: Tx,
  { userId, replacedId, client, now }: NewSession,
): Promise<void> {
  const active = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM (${selectActiveSessions(Prisma.sql`${userId}::uuid`, now)}) AS active
    ORDER BY last_seen_at DESC, id DESC`
  const others = active.map(({ id }) => id).filter((id) => id !== replacedId)
  const kept = others.slice(0, ACTIVE_SESSIONS_LIMIT - 1)
  const surplus = others.slice(kept.length)
  if (replacedId) {
    // Locked in one order: a log-in to the other account may be ending sessions of this one.
    const ids = [replacedId, ...surplus.slice(0, SESSION_BATCH_SIZE)]
    await tx.$queryRaw`SELECT 1 FROM sessions WHERE id = ANY (${ids}::uuid[]) ORDER BY id FOR UPDATE`
    await revokeSession(tx, { sessionId: replacedId, reason: 'replaced', client, now })
  }
  const revocation = { reason: REASON, client, now } as const
  // Only an account from before the limit has so many. Its expired sessions end with the others.
  if (surplus.length > SESSION_BATCH_SIZE) await revokeSessionsExcept(tx, { userId, kept, ...revocation })
  else await revokeSessions(tx, { sessionIds: surplus, ...revocation })
}
