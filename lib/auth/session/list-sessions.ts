import { deviceName } from '#lib/audit/device-name'
import type { Actor } from '#lib/audit/events'
import { db } from '#lib/db/client'

const MAX_SESSIONS = 200

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

/** A user's sessions that can still do or renew anything, by when they were last seen, 200 at most. Who asks has the right to. */
export async function livingSessions(userId: string, now = new Date()): Promise<LivingSession[]> {
  const sessions = await db().session.findMany({
    where: living(userId, now),
    orderBy: { lastSeenAt: 'desc' },
    take: MAX_SESSIONS,
    select: {
      id: true,
      createdAt: true,
      lastSeenAt: true,
      expiresAt: true,
      ipAddress: true,
      userAgent: true,
      signedInWith: true,
      persistent: true,
    },
  })
  return sessions.map((session) => ({ ...session, device: deviceName(session.userAgent) }))
}

/** How many of them there are, beyond those that are listed, too. */
export function countLivingSessions(userId: string, now = new Date()): Promise<number> {
  return db().session.count({ where: living(userId, now) })
}

function living(userId: string, now: Date) {
  return {
    userId,
    revokedAt: null,
    expiresAt: { gt: now },
    refreshTokens: { some: { rotatedAt: null, expiresAt: { gt: now } } },
  }
}
