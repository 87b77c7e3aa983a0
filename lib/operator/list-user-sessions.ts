import type { Operator } from '#lib/actor.ts'
import { operatorName } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import {
  type ActiveSession,
  countActiveSessions,
  listActiveSessions,
} from '#lib/auth/session/list-sessions.ts'
import { db } from '#lib/db/client.ts'

/** A user's living sessions (of more than 200 those that were last seen) and how many there are, for whoever runs the instance; that they were looked at leaves an event. */
export async function listUserSessions(
  operator: Operator,
  userId: string,
  now = new Date(),
): Promise<{ sessions: ActiveSession[]; count: number }> {
  const details = { by: operatorName(operator) }
  await record(db(), { type: 'sessions_listed', client: operator.client, userId, details }, now)
  const [sessions, count] = await Promise.all([
    listActiveSessions(userId, now),
    countActiveSessions(userId, now),
  ])
  return { sessions, count }
}
