import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { beginEraIfRestored } from '#lib/audit/seal/era.ts'
import { beginChain } from '#lib/audit/seal/seal-events.ts'
import { joinCluster } from '#lib/cluster/join-cluster.ts'
import { describeConnectionProblem } from '#lib/db/describe-connection-problem.ts'
import { closeDatabase, openDatabase } from '#lib/db/open-database.ts'
import { watchDatabase } from '#lib/db/outage.ts'
import { reportDatabase } from '#lib/db/report-metrics.ts'
import { processSlot } from '#lib/env/cluster.ts'
import { nodeEnv } from '#lib/env/node.ts'
import { detectAbortedRequests } from '#lib/http/before-next/detect-aborted-requests.ts'
import { dropDuplicateCookies } from '#lib/http/before-next/drop-duplicate-cookies.ts'
import { dropStalledStreams } from '#lib/http/before-next/drop-stalled-streams.ts'
import { interceptRequests } from '#lib/http/before-next/intercept-requests.ts'
import { joinHeadAndBody } from '#lib/http/before-next/join-head-and-body.ts'
import { observeRequests } from '#lib/http/before-next/observe-requests.ts'
import { setSecurityHeaders } from '#lib/http/before-next/security-headers.ts'
import { setClientAddress } from '#lib/http/before-next/set-client-address.ts'
import { setOutageHeader } from '#lib/http/before-next/set-outage-header.ts'
import { closeStreams, reportStreams } from '#lib/live/live-state.ts'
import { watchProcess } from '#lib/metrics.ts'
import { checkClock } from './check-clock.ts'
import { checkPeppers } from './check-peppers.ts'
import { checkWebhook } from './check-webhook.ts'
import { drainOnSignals } from './drain.ts'
import { endJobs, startJobs } from './jobs.ts'
import { learnOwnOrigin } from './learn-own-origin.ts'
import { limitHeapGrowth } from './limit-heap-growth.ts'
import { logOutages } from './log-outages.ts'
import { warnOfClearText } from './warn-of-clear-text.ts'
import { warnOfUnsentMail } from './warn-of-unsent-mail.ts'

const CLOSE_MS = 3_000
const BOOTED = Symbol.for('taskward.booted')
const holder = globalThis as typeof globalThis & { [BOOTED]?: true }

/** Prepares this server process once. A failure ends it with one line on standard error. */
export async function boot(isProduction: boolean): Promise<void> {
  // `next dev` calls this after every compilation.
  if (holder[BOOTED]) return
  holder[BOOTED] = true
  limitHeapGrowth()
  try {
    const { trustedProxyHops, keepAliveSeconds, otlpEndpoint, metricsToken, alertWebhook } = nodeEnv()
    checkWebhook(alertWebhook)
    warnOfClearText(nodeEnv())
    warnOfUnsentMail(nodeEnv(), isProduction)
    setSecurityHeaders()
    setClientAddress(trustedProxyHops)
    setOutageHeader()
    dropDuplicateCookies()
    joinHeadAndBody()
    observeRequests()
    dropStalledStreams()
    detectAbortedRequests()
    interceptRequests(isProduction, keepAliveSeconds)
    await learnOwnOrigin()
    reportDatabase()
    reportStreams()
    logOutages()
    if (metricsToken) watchProcess()
    let stopTracing = async () => {}
    drainOnSignals({
      begin: closeStreams,
      close: async () => {
        await endJobs()
        await Promise.all([closeDatabase(), stopTracing()])
      },
    })
    stopTracing = await startTracing(otlpEndpoint)
    await openDatabase(checkDatabase, fail)
    void watchDatabase()
    if ((processSlot() ?? 0) === 0) startJobs()
    joinCluster()
  } catch (error) {
    await fail(error)
  }
}

async function checkDatabase(): Promise<void> {
  await checkPeppers()
  await beginEraIfRestored()
  await beginChain(new Date())
  await checkClock(Date.now)
}

/** Loads the large tracing library only when a collector is set. @returns ends the tracing */
async function startTracing(endpoint: URL | null): Promise<() => Promise<void>> {
  if (!endpoint) return async () => {}
  const tracing = await import('./start-tracing.ts')
  return tracing.startTracing(endpoint)
}

/** Prints the message without its stack, which would bury it. */
async function fail(error: unknown): Promise<never> {
  const message = describeConnectionProblem(error) ?? (error instanceof Error ? error.message : String(error))
  writeSync(process.stderr.fd, `${message.split('\n').slice(0, 3).join(' ')}\n`)
  await Promise.race([closeDatabase().catch(() => {}), sleep(CLOSE_MS)])
  process.exit(1)
}
