import { setTimeout as sleep } from 'node:timers/promises'
import { type Alarm, createAlarm } from '#lib/alarm.ts'
import { pruneEvents } from '#lib/audit/seal/prune-events.ts'
import { sealEvents } from '#lib/audit/seal/seal-events.ts'
import { answerSignUps } from '#lib/auth/pending-sign-up/answer-sign-ups.ts'
import { answerResetRequests } from '#lib/auth/recovery/answer-reset-requests.ts'
import { listen } from '#lib/db/listen.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { deliverMails } from '#lib/mail/deliver-mails.ts'
import { MAIL_CHANNEL } from '#lib/mail/queue-mail.ts'
import { deliverAlerts } from '#lib/watch/alerts/deliver-alerts.ts'
import { runChecks } from '#lib/watch/run-checks.ts'
import { checkClock } from './check-clock.ts'
import { cleanUp } from './housekeeping.ts'
import { runJob } from './run-job.ts'

type Job = {
  name: string
  everySeconds: number
  run: () => Promise<unknown>
  /** A notification on it starts the job immediately. */
  channel?: string
  /** How many run in parallel. */
  lanes?: number
}

const LANES_OF_MAIL = 3
/** A mail that its server has accepted should be marked before the database closes. */
const END_MS = 2_000

const end = new AbortController()
const running = new Set<Promise<void>>()

/** Each job takes a lock if only one instance may run it. */
const jobs = (): Job[] => [
  { name: 'housekeeping', everySeconds: 600, run: () => cleanUp(new Date()) },
  { name: 'seals', everySeconds: 60, run: () => sealEvents(new Date()) },
  { name: 'retention', everySeconds: 600, run: () => pruneEvents(new Date()) },
  { name: 'watch', everySeconds: nodeEnv().watchIntervalSeconds, run: () => runChecks(new Date()) },
  { name: 'alerts', everySeconds: 3, run: () => deliverAlerts({ now: new Date() }) },
  {
    name: 'mail',
    everySeconds: 10,
    run: () => deliverMails({ signal: end.signal }),
    channel: MAIL_CHANNEL,
    lanes: LANES_OF_MAIL,
  },
  { name: 'resets', everySeconds: 2, run: answerResetRequests },
  { name: 'sign_ups', everySeconds: 2, run: answerSignUps },
  { name: 'clock', everySeconds: 600, run: () => checkClock(Date.now) },
]

export function startJobs(): void {
  for (const job of jobs()) {
    const alarms = Array.from({ length: job.lanes ?? 1 }, createAlarm)
    for (const alarm of alarms) void repeat(job, alarm)
    if (job.channel) {
      const onNotification = () => {
        for (const alarm of alarms) alarm.ring()
      }
      void listen(job.channel, { onNotification, signal: end.signal })
    }
  }
}

/** Starts no further run, and waits a moment for those that run. */
export async function endJobs(): Promise<void> {
  end.abort()
  await Promise.race([Promise.all(running), sleep(END_MS)])
}

async function repeat(job: Job, alarm: Alarm): Promise<void> {
  while (true) {
    // Random within the interval, so that several instances seldom run at the same time.
    await alarm.sleep(job.everySeconds * 1000 * (0.5 + Math.random() / 2))
    if (end.signal.aborted) return
    const run = runJob(job)
    running.add(run)
    await run
    running.delete(run)
  }
}
