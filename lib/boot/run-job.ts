import { isOutage } from '#lib/db/outage.ts'
import { logFailedJob } from '#lib/log.ts'
import { metrics } from '#lib/metrics.ts'

/** Runs a job once, counts a success in the metrics, and logs a failure instead of throwing it. */
export async function runJob({ name, run }: { name: string; run: () => Promise<unknown> }): Promise<void> {
  try {
    await run()
    metrics().jobSuccess.setToCurrentTime({ name })
  } catch (error) {
    // logOutages reports outages. A timeout while the database is available is the job's failure.
    if (!(await isOutage(error))) logFailedJob(error, name)
  }
}
