import { setTimeout as sleep } from 'node:timers/promises'
import { causeOf, isDatabaseAway } from './away.ts'
import { databaseHealth } from './health.ts'
import { databaseState, noteUsable } from './state.ts'

const RETRY_MS = 1000

/**
 * Whether an error means that the database is away (503). If so, and a look confirms it, requests are marked until
 * the database is back: one slow query is no outage.
 */
export function noteDatabaseError(error: unknown): boolean {
  const isAway = isDatabaseAway(error)
  const { usable, watchingOutage } = databaseState()
  if (isAway && usable && !watchingOutage) void watchOutage(causeOf(error))
  return isAway
}

async function watchOutage(cause: string): Promise<void> {
  const state = databaseState()
  state.watchingOutage = true
  while ((await databaseHealth()) !== 'ok') {
    noteUsable(cause)
    await sleep(RETRY_MS, undefined, { ref: false })
  }
  noteUsable(null)
  state.watchingOutage = false
}
