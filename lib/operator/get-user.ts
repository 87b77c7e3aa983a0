import type { Operator } from '#lib/actor.ts'
import {
  type ActiveSession,
  countActiveSessions,
  listActiveSessions,
} from '#lib/auth/session/list-sessions.ts'
import { db } from '#lib/db/client.ts'
import { isUuid } from '#lib/uuid.ts'
import type { UserView } from './list-users.ts'

/** An account with its active sessions: the 200 most recently seen, if there are more. */
export async function getUser(
  _operator: Operator,
  userId: string,
  { now }: { now: Date },
): Promise<(UserView & { sessions: ActiveSession[] }) | null> {
  if (!isUuid(userId)) return null
  const user = await db().user.findUnique({
    where: { id: userId },
    select: {
      id: true,
      email: true,
      name: true,
      role: true,
      createdAt: true,
      lastLoginAt: true,
      disabledAt: true,
      passwordChangeRequiredAt: true,
    },
  })
  if (!user) return null
  const [sessionCount, sessions] = await Promise.all([
    countActiveSessions(user.id, now),
    listActiveSessions(user.id, now),
  ])
  return { ...user, sessionCount, sessions }
}
