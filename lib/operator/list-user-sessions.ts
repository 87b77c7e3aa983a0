import type { Operator } from '#lib/actor.ts'
import { operatorName } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import {
  type ActiveSession,
  countActiveSessions,
  listActiveSessions,
} from '#lib/auth/session/list-sessions.ts'
import { db } from '#lib/db/client.ts'

/**
 * Lists a user's active sessions for the command line, and records that an operator has seen them.
 * @returns the 200 most recently seen sessions, and the number of all active ones
 */
export async function listUserSessions(
  operator: Operator,
  userId: string,
  { now }: { now: Date },
): Promise<{ sessions: ActiveSession[]; count: number }> {
  const details = { by: operatorName(operator) }
  await record(db(), { type: 'sessions_listed', client: operator.client, userId, details })
  const [sessions, count] = await Promise.all([
    listActiveSessions(userId, now),
    countActiveSessions(userId, now),
  ])
  return { sessions, count }
}
