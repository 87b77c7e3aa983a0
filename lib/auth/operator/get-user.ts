import type { Operator } from '#lib/audit/events'
import { countLivingSessions, type LivingSession, livingSessions } from '#lib/auth/session/list-sessions'
import { db } from '#lib/db/client'
import { isUuid } from '#lib/uuid'
import type { UserView } from './list-users'

/** One account with its living sessions (of more than 200 those that were last seen); null when there is none of this id. */
export async function getUser(
  _operator: Operator,
  userId: string,
  now = new Date(),
): Promise<(UserView & { sessions: LivingSession[] }) | null> {
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
    countLivingSessions(user.id, now),
    livingSessions(user.id, now),
  ])
  return { ...user, sessionCount, sessions }
}
