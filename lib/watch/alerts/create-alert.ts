import { localClient } from '#lib/actor.ts'
import { record } from '#lib/audit/record.ts'
import type { Tx } from '#lib/db/client.ts'
import { nodeEnv } from '#lib/env/node.ts'
import type { SavedFinding } from '../findings/save-finding.ts'
import { type NetworkEvidence, readNetworks } from '../patterns/network-evidence.ts'

/** An alert as it is logged. Without the subject, which may hold what a stranger typed in place of an email. */
export type Alert = {
  type: 'finding.opened' | 'finding.rose'
  finding_id: string
  pattern: string
  confidence: string
  count: number
  user_id: string | null
  session_id: string | null
  network: string | null
  networks: NetworkBody[]
  network_count: number
}

/** Records an `alert` event and, if a webhook is configured, queues its call. Both commit with the finding. */
export async function createAlert(
  tx: Tx,
  { change, finding }: SavedFinding,
  { now }: { now: Date },
): Promise<Alert> {
  const type = `finding.${change}` as const
  const { id, pattern, confidence, userId, sessionId, network, count } = finding
  await record(tx, {
    type: 'alert',
    client: localClient(null),
    ...(userId && { userId }),
    ...(sessionId && { sessionId }),
    details: {
      finding_id: id,
      pattern,
      confidence,
      ...(network && { network }),
    },
  })
  if (nodeEnv().alertWebhook) {
    const body = { type, finding: toWebhook(finding) }
    await tx.alert.create({ data: { findingId: id, body, nextAttemptAt: now }, select: { id: true } })
  }
  return {
    type,
    finding_id: id,
    pattern,
    confidence,
    count,
    user_id: userId,
    session_id: sessionId,
    network,
    ...networksBody(readNetworks(finding.networks), finding.networkCount),
  }
}

type NetworkBody = { network: string; count: number; suspect: boolean }

export function networksBody(
  networks: NetworkEvidence[],
  networkCount: number | null,
): { networks: NetworkBody[]; network_count: number } {
  return {
    networks: networks.map(({ network, count, isSuspect }) => ({ network, count, suspect: isSuspect })),
    network_count: networkCount ?? networks.length,
  }
}

function toWebhook(finding: SavedFinding['finding']) {
  const { id, pattern, subject, userId, sessionId, network, confidence, count, details } = finding
  return {
    id,
    pattern,
    subject,
    user_id: userId,
    session_id: sessionId,
    network,
    ...networksBody(readNetworks(finding.networks), finding.networkCount),
    confidence,
    first_seen_at: finding.firstSeenAt.toISOString(),
    last_seen_at: finding.lastSeenAt.toISOString(),
    count,
    details,
  }
}
