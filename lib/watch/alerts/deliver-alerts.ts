import { db } from '#lib/db/client.ts'
import { type NodeEnv, nodeEnv } from '#lib/env/node.ts'
import { log } from '#lib/log.ts'
import { planRetry } from './plan-retry.ts'
import { sendWebhook } from './send-webhook.ts'
import { signWebhook } from './sign-webhook.ts'

const BATCH_ROWS = 20
/** Longer than any attempt takes: a process that has not answered by then was killed. */
const CLAIM_SECONDS = 60

type Claimed = { id: string; body: string; attempts: number }

/** Sends at most 20 due alerts, each at least once: after a crash it sends again, with the same `webhook-id`. */
export async function deliverAlerts({
  now,
  webhook = nodeEnv().alertWebhook,
}: {
  now: Date
  webhook?: NodeEnv['alertWebhook']
}): Promise<void> {
  if (!webhook) return
  const claimed = await claim(now)
  await Promise.all(claimed.map((alert) => deliver(alert, { webhook, now })))
}

/** Claims due alerts by postponing them: to other processes they are not due until the claim expires. */
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
  { webhook, now }: { webhook: NonNullable<NodeEnv['alertWebhook']>; now: Date },
): Promise<void> {
  const sent = await sendWebhook(webhook, {
    headers: signWebhook(webhook.secret, { id, body, at: now }),
    body,
  })
  if (sent.ok) {
    const delivered = { deliveredAt: now, nextAttemptAt: null, lastError: null }
    await db().alert.updateMany({ where: { id }, data: delivered })
    return
  }
  const nextAttemptAt = planRetry(attempts, { now })
  const failed = { nextAttemptAt, lastError: sent.error.text }
  // `attempts` identifies the claim: after it expired, another process owns the alert.
  await db().alert.updateMany({ where: { id, attempts, deliveredAt: null }, data: failed })
  const line = { job: 'alerts', alert_id: id, attempts, error: sent.error.text }
  if (nextAttemptAt) log().warn(line, 'An alert was not delivered; it will be sent again.')
  else log().error(line, 'An alert was given up.')
}
