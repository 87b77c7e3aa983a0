import { db } from '#lib/db/client.ts'
import { type NodeEnv, nodeEnv } from '#lib/env/node.ts'
import { log } from '#lib/log.ts'
import { planRetry } from './plan-retry.ts'
import { sendWebhook } from './send-webhook.ts'
import { signWebhook } from './sign-webhook.ts'

const BATCH_ROWS = 20
/** Longer than any attempt takes: whoever is still silent then was killed. */
const CLAIM_SECONDS = 60

type Claimed = { id: string; body: string; attempts: number }

/**
 * Sends the alerts that are due to the operator's webhook, at most 20 of them, all at once; does nothing without a
 * webhook. No transaction is open meanwhile. Each alert arrives at least once: a process killed between the answer and
 * the note of it sends again, under the same `webhook-id`.
 */
export async function deliverAlerts(
  webhook: NodeEnv['alertWebhook'] = nodeEnv().alertWebhook,
  now = new Date(),
): Promise<void> {
  if (!webhook) return
  const claimed = await claim(now)
  await Promise.all(claimed.map((alert) => deliver(alert, webhook, now)))
}

/** Takes due alerts by moving their time ahead: nobody else sees them as due until the claim runs out. */
function claim(now: Date): Promise<Claimed[]> {
  return db().$queryRaw<Claimed[]>`
    WITH due AS (
      SELECT id FROM alerts WHERE next_attempt_at <= ${now}::timestamptz
      ORDER BY next_attempt_at LIMIT ${BATCH_ROWS} FOR UPDATE SKIP LOCKED)
    UPDATE alerts
    SET attempts = attempts + 1, next_attempt_at = ${now}::timestamptz + make_interval(secs => ${CLAIM_SECONDS})
    FROM due WHERE alerts.id = due.id
    RETURNING alerts.id, body::text, attempts`
}

async function deliver(
  { id, body, attempts }: Claimed,
  webhook: NonNullable<NodeEnv['alertWebhook']>,
  now: Date,
): Promise<void> {
  const sent = await sendWebhook(webhook, signWebhook(webhook.secret, { id, body, at: now }), body)
  if (sent.ok) {
    const delivered = { deliveredAt: now, nextAttemptAt: null, lastError: null }
    await db().alert.updateMany({ where: { id }, data: delivered })
    return
  }
  const nextAttemptAt = planRetry(attempts, now)
  const failed = { nextAttemptAt, lastError: sent.error }
  // By its number of attempts: after a claim that ran out, the alert is another's.
  await db().alert.updateMany({ where: { id, attempts, deliveredAt: null }, data: failed })
  const line = { job: 'alerts', alert_id: id, attempts, error: sent.error }
  if (nextAttemptAt) log().warn(line, 'An alert was not delivered yet.')
  else log().error(line, 'An alert was given up.')
}
