import { randomUUID } from 'node:crypto'
import { record } from '#lib/audit/record'
import type { Tx } from '#lib/db/client'
import type { Finding } from '#lib/db/generated/client'
import { nodeEnv } from '#lib/env/node'

/** Tells of a finding, in the transaction that keeps it: an `alert` event and, where there is a webhook, a row in its outbox. */
export async function raiseAlert(tx: Tx, finding: Finding, now: Date): Promise<void> {
  const { id, pattern, userId, sessionId, network, confidence } = finding
  await record(
    tx,
    {
      type: 'alert',
      // The watch itself: the network that it found is no client of this event.
      client: { ipAddress: null, network: 'local', userAgent: null, requestId: randomUUID() },
      ...(userId && { userId }),
      ...(sessionId && { sessionId }),
      details: { pattern, finding_id: id, confidence, ...(network && { network }) },
    },
    now,
  )
  const { alertWebhook, appUrl } = nodeEnv()
  if (!alertWebhook) return
  const body = alertBody(finding, now, appUrl)
  await tx.alert.create({ data: { findingId: id, body, createdAt: now, nextAttemptAt: now } })
}

/** The payload's three fields are those of Standard Webhooks. */
function alertBody(finding: Finding, now: Date, appUrl: URL) {
  return {
    type: 'finding.alert',
    timestamp: now.toISOString(),
    data: {
      finding_id: finding.id,
      pattern: finding.pattern,
      subject: finding.subject,
      user_id: finding.userId,
      session_id: finding.sessionId,
      network: finding.network,
      confidence: finding.confidence,
      first_seen_at: finding.firstSeenAt.toISOString(),
      last_seen_at: finding.lastSeenAt.toISOString(),
      count: finding.count,
      details: finding.details,
      url: new URL('/admin/security', appUrl).href,
    },
  }
}
