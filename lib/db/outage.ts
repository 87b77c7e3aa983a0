import { setTimeout as sleep } from 'node:timers/promises'
import { causeOf, isDatabaseUnavailable, sqlStateOf } from './availability.ts'
import { checkHealth } from './health.ts'
import { databaseState, type HealthReport, isDatabaseUsable, recordHealth } from './state.ts'

/** Between two checks, while the database is available and during an outage. */
const CHECK_MS = 2000
const RETRY_MS = 1000

/** SQLSTATE disk_full, io_error: reading goes on, so only a write shows the end of it. */
const WRITE_STATES = /^(53100|58030)$/

/**
 * Whether an error means that the database is away (503). If so, and a check confirms it, requests are marked until
 * the database is back: one slow query is no outage.
 */
export function noteDatabaseError(error: unknown): boolean {
  const isUnavailable = isDatabaseUnavailable(error)
  if (isUnavailable) void confirm(error)
  return isUnavailable
}

/** The same for an error of a job, which can wait for the check. */
export async function isOutage(error: unknown): Promise<boolean> {
  return isDatabaseUnavailable(error) && (await confirm(error))
}

/**
 * How a request would find the database now. Never `ok` while requests are refused: a full disk, for example, does not
 * show in reads. Requests at the same time share one check, because anyone may send them.
 */
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

/** Checks the database until the process closes it, so that an outage shows without requests. */
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

/** @returns whether the database is unavailable, by another check if that is not known yet */
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
