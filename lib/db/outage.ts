import { setTimeout as sleep } from 'node:timers/promises'
import { causeOf, isDatabaseAway, sqlStateOf } from './away.ts'
import { type Finding, lookAtDatabase } from './health.ts'
import { databaseState, isDatabaseUsable, noteHealth } from './state.ts'

/** Between two looks while all is well, and during an outage. */
const LOOK_MS = 2000
const RETRY_MS = 1000

/** SQLSTATE disk_full, io_error: reading goes on, so only a write shows that it is over. */
const WRITE_STATES = /^(53100|58030)$/

/**
 * Whether an error means that the database is away (503). If so, and a look confirms it, requests are marked until
 * the database is back: one slow query is no outage.
 */
export function noteDatabaseError(error: unknown): boolean {
  const isAway = isDatabaseAway(error)
  if (isAway) void confirm(error)
  return isAway
}

/** The same for an error of a job, which can wait for the look. */
export async function isOutage(error: unknown): Promise<boolean> {
  return isDatabaseAway(error) && (await confirm(error))
}

/**
 * How a request would find the database now: by a look, and never `ok` while requests are refused. A full disk, for one,
 * does not show in reading.
 */
export async function currentHealth(): Promise<Finding['health']> {
  const finding = await lookAtDatabase()
  if (finding.health === 'ok') return databaseState().health
  void confirmFinding(finding)
  return finding.health
}

/** Looks at the database until the process lets go of it, so that an outage shows without requests. */
export async function watchDatabase(): Promise<void> {
  while (!databaseState().closing) {
    await sleep(LOOK_MS, undefined, { ref: false })
    if (!isDatabaseUsable()) continue
    const finding = await lookAtDatabase()
    if (finding.health !== 'ok') await confirmFinding(finding)
  }
}

function confirm(error: unknown): Promise<boolean> {
  return confirmCause(causeOf(error), WRITE_STATES.test(sqlStateOf(error)))
}

function confirmFinding({ cause }: Finding): Promise<boolean> {
  return confirmCause(cause, false)
}

/** @returns whether the database is away, by a look of its own if that is not known yet */
async function confirmCause(cause: string, writes: boolean): Promise<boolean> {
  const state = databaseState()
  if (!isDatabaseUsable() || state.closing) return true
  state.confirming ??= decide(cause, writes).finally(() => {
    state.confirming = null
  })
  return state.confirming
}

async function decide(cause: string, writes: boolean): Promise<boolean> {
  const { health } = await lookAtDatabase({ writes })
  if (health === 'ok') return false
  noteHealth(health, cause)
  void waitForEnd(writes)
  return true
}

async function waitForEnd(writes: boolean): Promise<void> {
  while (!isDatabaseUsable() && !databaseState().closing) {
    await sleep(RETRY_MS, undefined, { ref: false })
    const { health, cause } = await lookAtDatabase({ writes })
    noteHealth(health, cause)
  }
}
