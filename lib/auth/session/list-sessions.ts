import type { Actor } from '#lib/actor.ts'
import { deviceName } from '#lib/audit/words/device-name.ts'
import { SESSION_BATCH_SIZE } from '#lib/auth/policy.ts'
import { db } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import { selectActiveSessions } from './select-sessions.ts'

export type ActiveSession = {
  id: string
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
  ipAddress: string | null
  userAgent: string | null
  device: string
  signedInWith: string
  persistent: boolean
}

export type SessionView = ActiveSession & { isCurrent: boolean }

export async function listSessions(actor: Actor, now: Date): Promise<SessionView[]> {
  const sessions = await listActiveSessions(actor.userId, now)
  return sessions
    .map((session) => ({ ...session, isCurrent: session.id === actor.sessionId }))
    .sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent))
}

/** Those last seen first, 200 at most. Checks no rights: the caller does. */
export async function listActiveSessions(userId: string, now: Date): Promise<ActiveSession[]> {
  const sessions = await db().$queryRaw<Omit<ActiveSession, 'device'>[]>`
    SELECT id, created_at AS "createdAt", last_seen_at AS "lastSeenAt", expires_at AS "expiresAt",
           ip_address AS "ipAddress", user_agent AS "userAgent", signed_in_with AS "signedInWith", persistent
    FROM (${selectActiveSessions(Prisma.sql`${userId}::uuid`, now)}) AS active
    ORDER BY last_seen_at DESC, id DESC LIMIT ${SESSION_BATCH_SIZE}`
  return sessions.map((session) => ({ ...session, device: deviceName(session.userAgent) }))
}

/** Stops at 1,000. */
export async function countActiveSessions(userId: string, now: Date): Promise<number> {
  const [counted] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (${selectActiveSessions(Prisma.sql`${userId}::uuid`, now)}) AS active`
  return counted?.count ?? 0
}
