import type { Actor } from '#lib/actor.ts'
import { deviceName } from '#lib/audit/words/device-name.ts'
import { db } from '#lib/db/client.ts'
import type { Session } from '#lib/db/generated/client.ts'

const PAGE_SESSIONS = 500

const COLUMNS = {
  id: true,
  createdAt: true,
  lastSeenAt: true,
  expiresAt: true,
  revokedAt: true,
  ipAddress: true,
  userAgent: true,
  signedInWith: true,
} as const

export type StoredSession = Pick<Session, keyof typeof COLUMNS> & { device: string }

/** All stored sessions of the actor's account, newest first, also those that have ended. Memory holds one page at a time. */
export async function* streamAllSessions({ userId }: Actor): AsyncGenerator<StoredSession[]> {
  let before: string | undefined
  while (true) {
    const sessions = await db().session.findMany({
      where: { userId, ...(before && { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: PAGE_SESSIONS,
      select: COLUMNS,
    })
    yield sessions.map((session) => ({ ...session, device: deviceName(session.userAgent) }))
    before = sessions.at(-1)?.id
    if (sessions.length < PAGE_SESSIONS) return
  }
}
