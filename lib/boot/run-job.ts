import { isOutage } from '#lib/db/outage.ts'
import { logFailedJob } from '#lib/log.ts'
import { metrics } from '#lib/metrics.ts'

/** Runs a job once. That it succeeded can be read from the metrics; a failure is logged, and never thrown. */
export async function runJob({ name, run }: { name: string; run: () => Promise<unknown> }): Promise<void> {
  try {
    await run()
    metrics().jobSuccess.setToCurrentTime({ name })
  } catch (error) {
    // An outage has its own line. A timeout while the database answers is the job's.
    if (!(await isOutage(error))) logFailedJob(error, name)
  }
}
