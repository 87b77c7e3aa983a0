import { setTimeout as sleep } from 'node:timers/promises'
import { isDatabaseAway } from './away.ts'
import { databaseHealth } from './health.ts'
import { databaseState } from './state.ts'

const RETRY_MS = 1000

/**
 * Whether an error means that the database is away (503). If so, and a look confirms it, requests are marked until
 * the database is back: one slow query is no outage.
 */
export function noteDatabaseError(error: unknown): boolean {
  const isAway = isDatabaseAway(error)
  const { usable, watchingOutage } = databaseState()
  if (isAway && usable && !watchingOutage) void watchOutage()
  return isAway
}

async function watchOutage(): Promise<void> {
  const state = databaseState()
  state.watchingOutage = true
  while ((await databaseHealth()) !== 'ok') {
    state.usable = false
    await sleep(RETRY_MS, undefined, { ref: false })
  }
  state.usable = true
  state.watchingOutage = false
}
