import { streamAllEvents } from '#lib/audit/stream-all-events.ts'
import { getEmailChange } from '#lib/auth/email-change/get-email-change.ts'
import type { AuthenticatedActor } from '#lib/auth/session/authenticate.ts'
import { type StoredSession, streamAllSessions } from '#lib/auth/session/stream-all-sessions.ts'
import { throttle } from '#lib/auth/throttle.ts'
import type { Failure } from '#lib/failure.ts'
import { accountBody } from '#lib/http/account-body.ts'
import { changeBody } from '#lib/http/change-body.ts'
import { eventBody } from '#lib/http/event-body.ts'
import { listBody } from '#lib/http/list-body.ts'
import { taskBody } from '#lib/http/task-body.ts'
import { ok, type Result } from '#lib/result.ts'
import { streamAllChanges } from '#lib/tasks/journal/list-changes.ts'
import { getLists } from '#lib/tasks/lists/get-lists.ts'
import { streamAllTasks } from '#lib/tasks/stream-all-tasks.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'

/** Everything that is stored about an account, in the API's words. Lists come in pages, newest first; lists of tasks in their order. */
export type AccountData = {
  profile: object
  lists: Record<'tasks' | 'lists' | 'changes' | 'sessions' | 'events', AsyncGenerator<object[]>>
}

/** @returns `RATE_LIMITED` after ten downloads within an hour: one may read millions of rows */
export async function openAccountData(
  actor: AuthenticatedActor,
  { now }: { now: Date },
): Promise<Result<AccountData, Failure<'RATE_LIMITED'>>> {
  const { client, userId, sessionId } = actor
  const points = await throttle([makeBucket('account.export', userId)], { client, userId, sessionId })
  if (!points.ok) return points
  const { pending, former } = await getEmailChange({ userId, now })
  return ok({
    profile: { ...accountBody(actor), pending_email: pending, former_email: former?.email ?? null },
    lists: {
      tasks: toBodies(streamAllTasks(actor), (task) => ({
        ...taskBody(task),
        // An import of this file needs it.
        repeat_anchor: task.repeatAnchor,
      })),
      lists: toBodies(onePage(getLists(actor)), listBody),
      changes: toBodies(streamAllChanges(actor), changeBody),
      sessions: toBodies(streamAllSessions(actor), sessionBody),
      events: toBodies(streamAllEvents(actor, {}), eventBody),
    },
  })
}

async function* onePage<Row>(rows: Promise<Row[]>) {
  yield await rows
}

async function* toBodies<Row>(pages: AsyncIterable<Row[]>, toBody: (row: Row) => object) {
  for await (const rows of pages) yield rows.map(toBody)
}

function sessionBody(session: StoredSession) {
  return {
    id: session.id,
    created_at: session.createdAt,
    last_seen_at: session.lastSeenAt,
    expires_at: session.expiresAt,
    ended_at: session.revokedAt,
    ip_address: session.ipAddress,
    user_agent: session.userAgent,
    device: session.device,
    signed_in_with: session.signedInWith,
  }
}
