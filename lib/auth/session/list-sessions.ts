import type { Actor } from '#lib/actor.ts'
import { deviceName } from '#lib/audit/words/device-name.ts'
import { SESSIONS_AT_ONCE } from '#lib/auth/policy.ts'
import { db } from '#lib/db/client.ts'
import { Prisma } from '#lib/db/generated/client.ts'
import { activeSessions } from './open-sessions.ts'

export type LivingSession = {
  id: string
  createdAt: Date
  lastSeenAt: Date
  /** The absolute end. */
  expiresAt: Date
  ipAddress: string | null
  userAgent: string | null
  device: string
  signedInWith: string
  persistent: boolean
}

export type SessionView = LivingSession & { isCurrent: boolean }

/** The actor's living sessions: this one first, then by when they were last seen. */
export async function listSessions(actor: Actor, now = new Date()): Promise<SessionView[]> {
  const sessions = await livingSessions(actor.userId, now)
  return sessions
    .map((session) => ({ ...session, isCurrent: session.id === actor.sessionId }))
    .sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent))
}

/** A user's active sessions, by when they were last seen, 200 at most. The caller has the right to see them. */
export async function livingSessions(userId: string, now = new Date()): Promise<LivingSession[]> {
  const sessions = await db().$queryRaw<Omit<LivingSession, 'device'>[]>`
    SELECT id, created_at AS "createdAt", last_seen_at AS "lastSeenAt", expires_at AS "expiresAt",
           ip_address AS "ipAddress", user_agent AS "userAgent", signed_in_with AS "signedInWith", persistent
    FROM (${activeSessions(Prisma.sql`${userId}::uuid`, now)}) AS active
    ORDER BY last_seen_at DESC, id DESC LIMIT ${SESSIONS_AT_ONCE}`
  return sessions.map((session) => ({ ...session, device: deviceName(session.userAgent) }))
}

/** How many of them there are, beyond those that are listed, too: 1,000 stands for more. */
export async function countLivingSessions(userId: string, now = new Date()): Promise<number> {
  const [counted] = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (${activeSessions(Prisma.sql`${userId}::uuid`, now)}) AS active`
  return counted?.count ?? 0
}
