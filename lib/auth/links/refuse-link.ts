import type { Client } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import { throttle } from '#lib/auth/throttle.ts'
import { db } from '#lib/db/client.ts'
import type { Failure } from '#lib/failure.ts'
import { err, type Result } from '#lib/result.ts'
import { makeBucket } from '#lib/throttle/bucket.ts'
import type { DeadLink } from './find-link.ts'

type RefusedUse = 'password_reset' | 'account_secured' | 'email_confirmed' | 'email_change_undone'

/** Throttles refused links alone: one that works never waits for them. @param use its event type, and its client */
export async function refuseLink(
  { reason, userId }: DeadLink,
  { type, client }: { type: RefusedUse; client: Client },
): Promise<Result<never, Failure<'INVALID_LINK' | 'RATE_LIMITED'>>> {
  const subject = { client, ...(userId && { userId }) }
  const points = await throttle([makeBucket('link.address', client.network)], subject)
  if (!points.ok) return points
  await record(db(), { type, failureReason: reason, ...subject })
  return err({ code: 'INVALID_LINK' })
}
