import { setTimeout as sleep } from 'node:timers/promises'
import { pruneEvents } from '#lib/audit/seal/prune-events.ts'
import { sealEvents } from '#lib/audit/seal/seal-events.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { deliverAlerts } from '#lib/watch/alerts/deliver-alerts.ts'
import { runChecks } from '#lib/watch/run-checks.ts'
import { checkClock } from './check-clock.ts'
import { cleanUp } from './housekeeping.ts'
import { runJob } from './run-job.ts'

type Job = { name: string; everySeconds: number; run: () => Promise<unknown> }

/** Each job takes a lock if only one instance may run it. */
const jobs = (): Job[] => [
  { name: 'housekeeping', everySeconds: 600, run: () => cleanUp(new Date()) },
  { name: 'seals', everySeconds: 60, run: () => sealEvents(new Date()) },
  { name: 'retention', everySeconds: 600, run: () => pruneEvents(new Date()) },
  { name: 'watch', everySeconds: nodeEnv().watchIntervalSeconds, run: () => runChecks(new Date()) },
  { name: 'alerts', everySeconds: 3, run: () => deliverAlerts({ now: new Date() }) },
  { name: 'clock', everySeconds: 600, run: () => checkClock(Date.now) },
]

export function startJobs(): void {
  for (const job of jobs()) void repeat(job)
}

async function repeat(job: Job): Promise<void> {
  while (true) {
    // Random within the interval, so that several instances seldom run at the same time.
    await sleep(job.everySeconds * 1000 * (0.5 + Math.random() / 2), undefined, { ref: false })
    await runJob(job)
  }
}
