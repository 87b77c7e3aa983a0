import { setTimeout as sleep } from 'node:timers/promises'
import { causeOf, isDatabaseUnavailable, sqlStateOf } from './availability.ts'
import { checkHealth } from './health.ts'
import { databaseState, type HealthReport, isDatabaseUsable, recordHealth } from './state.ts'

const CHECK_MS = 2000
const RETRY_MS = 1000

/** SQLSTATE disk_full and io_error: reads still succeed, so that only a write shows the end. */
const WRITE_STATES = /^(53100|58030)$/

/** Starts a check if an error means 503. Only a failed check begins an outage, because one slow query does not. */
export function noteDatabaseError(error: unknown): boolean {
  const isUnavailable = isDatabaseUnavailable(error)
  if (isUnavailable) void confirm(error)
  return isUnavailable
}

/** The same for a job, which waits for the check. */
export async function isOutage(error: unknown): Promise<boolean> {
  return isDatabaseUnavailable(error) && (await confirm(error))
}

/** Shares one check, because the route is public. Never `ok` during an outage, even if this check finds nothing wrong. */
export async function currentHealth(): Promise<HealthReport['health']> {
  const state = databaseState()
  state.checking ??= checkHealth().finally(() => {
    state.checking = null
  })
  const report = await state.checking
  if (report.health === 'ok') return state.health
  void confirmReport(report)
  return report.health
}

/** Checks the database periodically, so that an outage is found without requests. */
export async function watchDatabase(): Promise<void> {
  while (!databaseState().closing) {
    await sleep(CHECK_MS, undefined, { ref: false })
    if (!isDatabaseUsable()) continue
    const report = await checkHealth()
    if (report.health !== 'ok') await confirmReport(report)
  }
}

function confirm(error: unknown): Promise<boolean> {
  return confirmCause(causeOf(error), WRITE_STATES.test(sqlStateOf(error)))
}

function confirmReport({ cause }: HealthReport): Promise<boolean> {
  return confirmCause(cause, false)
}

async function confirmCause(cause: string, writes: boolean): Promise<boolean> {
  const state = databaseState()
  if (!isDatabaseUsable() || state.closing) return true
  state.confirming ??= decide(cause, writes).finally(() => {
    state.confirming = null
  })
  return state.confirming
}

async function decide(cause: string, writes: boolean): Promise<boolean> {
  const { health } = await checkHealth({ writes })
  if (health === 'ok') return false
  recordHealth(health, cause)
  void waitForEnd(writes)
  return true
}

async function waitForEnd(writes: boolean): Promise<void> {
  while (!isDatabaseUsable() && !databaseState().closing) {
    await sleep(RETRY_MS, undefined, { ref: false })
    const { health, cause } = await checkHealth({ writes })
    recordHealth(health, cause)
  }
}
