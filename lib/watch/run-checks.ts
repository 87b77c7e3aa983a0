import { db } from '#lib/db/client.ts'
import { tryLock } from '#lib/db/locks.ts'
import { log } from '#lib/log.ts'
import { type Alert, createAlert } from './alerts/create-alert.ts'
import { saveFinding } from './findings/save-finding.ts'
import { detectFindings } from './patterns/detect-findings.ts'

/** For a flood of suspicions on a far-away database: a look that never ends in time would see nothing at all. */
const PATIENCE = { timeout: 120_000 }

/**
 * One look of the watch: finds suspicious patterns, keeps them as findings, and raises an alert for every one that is
 * new or has become surer. While another instance looks, this one does nothing.
 * @returns the alerts that it raised
 */
export async function runChecks(now = new Date()): Promise<Alert[]> {
  const alerts = await db().$transaction(async (tx) => {
    if (!(await tryLock(tx, 'watch'))) return []
    const raised: Alert[] = []
    for (const suspicion of await detectFindings(now, tx)) {
      const kept = await saveFinding(tx, suspicion)
      if (kept) raised.push(await createAlert(tx, kept, now))
    }
    return raised
  }, PATIENCE)
  // After the commit: a look that was rolled back comes again, and must not be told twice.
  for (const alert of alerts) log().warn({ job: 'watch', alert })
  return alerts
}
