import { db, type Tx } from '#lib/db/client'
import type { Finding } from '#lib/db/generated/client'
import { log } from '#lib/log'
import { raiseAlert } from './alerts/raise-alert'
import { findSuspicious } from './find-suspicious'
import { keepFinding } from './keep-finding'

/** Any number, the same in all instances. */
const LOCK = 7_415_002

/**
 * Looks for suspicious patterns once, on one instance at a time, and keeps what it finds. A new finding, or one that
 * became surer, is an alert: an event, and a row in the webhook's outbox, in the same transaction, and a log line.
 * @returns the findings that raised an alert
 */
export async function watch(now = new Date()): Promise<Finding[]> {
  const raised = await db().$transaction(async (tx) => ((await isMyTurn(tx)) ? look(tx, now) : []))
  for (const { id, pattern, confidence, userId, sessionId, network, count } of raised) {
    log().warn({
      alert: {
        ...{ finding_id: id, pattern, confidence, count },
        ...{ user_id: userId, session_id: sessionId, network },
      },
    })
  }
  return raised
}

async function look(tx: Tx, now: Date): Promise<Finding[]> {
  const raised: Finding[] = []
  for (const suspicion of await findSuspicious(now, tx)) {
    const finding = await keepFinding(tx, suspicion, now)
    if (!finding) continue
    await raiseAlert(tx, finding, now)
    raised.push(finding)
  }
  return raised
}

async function isMyTurn(tx: Tx): Promise<boolean> {
  const [turn] = await tx.$queryRaw<{ mine: boolean }[]>`SELECT pg_try_advisory_xact_lock(${LOCK}) AS mine`
  return turn?.mine ?? false
}
