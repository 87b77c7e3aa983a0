import { streamAllEvents } from '#lib/audit/stream-all-events.ts'
import type { AuthenticatedActor } from '#lib/auth/session/authenticate.ts'
import { type StoredSession, streamAllSessions } from '#lib/auth/session/stream-all-sessions.ts'
import { throttle } from '#lib/auth/throttle.ts'
import type { Failure } from '#lib/failure.ts'
import { ok, type Result } from '#lib/result.ts'
import { streamAllTasks } from '#lib/tasks/stream-all-tasks.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'
import { accountBody } from './account-body.ts'
import { eventBody } from './event-body.ts'
import { taskBody } from './task-body.ts'

/**
 * Everything that is stored about the actor's account, as one JSON object (docs/api.md), in parts of some hundred rows.
 * @returns `RATE_LIMITED` after ten downloads within an hour: one may read millions of rows
 */
export async function accountData(
  actor: AuthenticatedActor,
): Promise<Result<AsyncGenerator<string>, Failure<'RATE_LIMITED'>>> {
  const { client, userId, sessionId } = actor
  const points = await throttle([makeBucket('account.export', userId)], { client, userId, sessionId })
  return points.ok ? ok(toJson(actor)) : points
}

async function* toJson(actor: AuthenticatedActor): AsyncGenerator<string> {
  yield `{"profile":${JSON.stringify(accountBody(actor))}`
  yield* toList('tasks', streamAllTasks(actor), taskBody)
  yield* toList('sessions', streamAllSessions(actor), sessionBody)
  yield* toList('events', streamAllEvents(actor, {}), eventBody)
  yield '}\n'
}

/** A member of the object: one row a line. */
async function* toList<Row>(name: string, pages: AsyncIterable<Row[]>, toBody: (row: Row) => object) {
  let separator = `,"${name}":[\n`
  for await (const rows of pages) {
    if (rows.length === 0) continue
    yield separator + rows.map((row) => JSON.stringify(toBody(row))).join(',\n')
    separator = ',\n'
  }
  yield separator === ',\n' ? '\n]' : `${separator}]`
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
