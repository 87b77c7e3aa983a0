import { db } from '#lib/db/client.ts'
import { tryLock } from '#lib/db/locks.ts'
import { log } from '#lib/log.ts'
import { type Alert, createAlert } from './alerts/create-alert.ts'
import { saveFinding } from './findings/save-finding.ts'
import { detectFindings } from './patterns/detect-findings.ts'

/** Long enough for a flood of findings and a distant database: a check that times out saves nothing. */
const TRANSACTION = { timeout: 120_000 }

/** Creates an alert for each finding that is new or more confident. Does nothing while another instance runs it. */
export async function runChecks(now: Date): Promise<Alert[]> {
  const alerts = await db().$transaction(async (tx) => {
    if (!(await tryLock(tx, 'watch'))) return []
    const created: Alert[] = []
    for (const candidate of await detectFindings(now, tx)) {
      const saved = await saveFinding(tx, candidate)
      if (saved) created.push(await createAlert(tx, saved, { now }))
    }
    return created
  }, TRANSACTION)
  // After the commit: a check that is rolled back runs again, and must not log twice.
  for (const alert of alerts) log().warn({ job: 'watch', alert })
  return alerts
}
