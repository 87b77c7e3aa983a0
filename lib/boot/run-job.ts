import { isDatabaseAway } from '#lib/db/away'
import { databaseState } from '#lib/db/state'
import { logFailedJob } from '#lib/log'
import { metrics } from '#lib/metrics'

/** Runs a job once. That it succeeded can be read from the metrics; a failure is logged, and never thrown. */
export async function runJob({ name, run }: { name: string; run: () => Promise<unknown> }): Promise<void> {
  try {
    await run()
    metrics().jobSuccess.setToCurrentTime({ name })
  } catch (error) {
    // A time-out while requests find the database usable is the job's own.
    if (!isDatabaseAway(error) || databaseState().usable) logFailedJob(error, name)
  }
}
