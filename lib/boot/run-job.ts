import { isDatabaseAway } from '#lib/db/away'
import { logFailedJob } from '#lib/log'
import { metrics } from '#lib/metrics'

/** Runs a job once. That it succeeded can be read from the metrics; a failure is logged, and never thrown. */
export async function runJob({ name, run }: { name: string; run: () => Promise<unknown> }): Promise<void> {
  try {
    await run()
    metrics().jobSuccess.setToCurrentTime({ job: name })
  } catch (error) {
    if (!isDatabaseAway(error)) logFailedJob(error, name)
  }
}
