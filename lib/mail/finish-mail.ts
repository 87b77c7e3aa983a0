import { setTimeout as sleep } from 'node:timers/promises'
import { localClient } from '#lib/actor.ts'
import type { Reason } from '#lib/audit/new-event.ts'
import { record } from '#lib/audit/record.ts'
import { isDatabaseUnavailable } from '#lib/db/availability.ts'
import { db } from '#lib/db/client.ts'
import { databaseState } from '#lib/db/state.ts'
import { log } from '#lib/log.ts'
import { metrics } from '#lib/metrics.ts'
import type { ClaimedMail } from './claim-mail.ts'

const RETRY_MS = 1000
/** What no later attempt needs, and no thief of the database should find. */
const ERASED = { sealed: null, nextAttemptAt: null }

/** The mail server has accepted it, so this waits for a database that is unavailable: otherwise it would be sent again. */
export async function markSent({ id, kind, claimedAt }: ClaimedMail): Promise<void> {
  metrics().mailOutcomes.inc({ kind, outcome: 'sent' })
  const data = { ...ERASED, sentAt: claimedAt, lastError: null }
  while (true) {
    try {
      await db().mail.updateMany({ where: { id }, data })
      return
    } catch (error) {
      if (!isDatabaseUnavailable(error) || databaseState().closing) throw error
      await sleep(RETRY_MS)
    }
  }
}

export async function postpone(
  { id, kind, attempts }: ClaimedMail,
  { nextAttemptAt, text }: { nextAttemptAt: Date; text: string },
): Promise<void> {
  metrics().mailOutcomes.inc({ kind, outcome: 'postponed' })
  await db().mail.updateMany({ where: ownClaim({ id, attempts }), data: { nextAttemptAt, lastError: text } })
  const line = { job: 'mail', mail_id: id, kind, attempts, error: text }
  log().warn(line, 'A mail was not sent; it will be sent again.')
}

/** The dead letter: its row, an event of its account, an error in the log, a count in the metrics. */
export async function giveUp(
  { id, userId, kind, attempts }: ClaimedMail,
  { reason, text = reason }: { reason: Reason<'mail_failed'>; text?: string },
): Promise<void> {
  const isOwn = await db().$transaction(async (tx) => {
    const { count } = await tx.mail.updateMany({
      where: ownClaim({ id, attempts }),
      data: { ...ERASED, lastError: text },
    })
    if (count === 0) return false
    await record(tx, {
      type: 'mail_failed',
      client: localClient(null),
      ...(userId && { userId }),
      failureReason: reason,
      details: { mail: kind },
    })
    return true
  })
  if (!isOwn) return
  metrics().mailOutcomes.inc({ kind, outcome: reason })
  log().error({ job: 'mail', mail_id: id, kind, attempts, error: text }, 'A mail was given up.')
}

/** After a claim expired, another process owns the mail. */
function ownClaim({ id, attempts }: Pick<ClaimedMail, 'id' | 'attempts'>) {
  return { id, attempts, nextAttemptAt: { not: null } }
}
