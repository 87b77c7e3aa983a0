import type { Operator } from '#lib/audit/events'
import { record } from '#lib/audit/record'
import { type LivingSession, livingSessions } from '#lib/auth/session/list-sessions'
import { db } from '#lib/db/client'
import { operatorName } from './operator.ts'

/** A user's living sessions, for whoever runs the instance; that they were looked at leaves an event. */
export async function listSessionsOf(
  operator: Operator,
  userId: string,
  now = new Date(),
): Promise<LivingSession[]> {
  const details = { by: operatorName(operator) }
  await record(db(), { type: 'sessions_listed', client: operator.client, userId, details }, now)
  return livingSessions(userId, now)
}
