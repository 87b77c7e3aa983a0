import type { Actor } from '#lib/actor.ts'
import { db } from '#lib/db/client.ts'
import { daysBefore } from '#lib/time.ts'
import { leastId } from '#lib/uuid.ts'
import { type AccountEvent, EVENT_COLUMNS, hideOperator } from './account-event.ts'
import type { EventType } from './catalogue.ts'

const OPEN_DAYS = 7
const LIMIT = 3

/** What the owner does about an alert: each ends the other sessions, or follows from it. */
const ANSWERS: EventType[] = ['event_disowned', 'password_changed', 'password_reset']

/** The newest alerts of the last seven days that the owner has not answered yet. */
export async function listOpenAlerts(actor: Actor, now: Date): Promise<AccountEvent[]> {
  const { userId } = actor
  const since = leastId(daysBefore(now, OPEN_DAYS))
  const answer = await db().authEvent.findFirst({
    where: { userId, eventType: { in: ANSWERS }, success: true, id: { gte: since } },
    orderBy: { id: 'desc' },
    select: { id: true },
  })
  const alerts = await db().authEvent.findMany({
    where: { userId, eventType: 'alert', id: { gt: answer?.id ?? since } },
    orderBy: { id: 'desc' },
    take: LIMIT,
    select: EVENT_COLUMNS,
  })
  return alerts.map(hideOperator)
}
