import { DAY_MS } from '#lib/time.ts'
import type { AccountEvent } from '../account-event.ts'
import { describeEvent } from './describe-event.ts'
import { deviceName } from './device-name.ts'

/** Shorter runs are as easy to read one by one. */
const MIN_RUN = 3

/** One event, or a run of events with the same sentence. */
export type EventGroup = [AccountEvent, ...AccountEvent[]]

/**
 * Combines neighbours of the list that have the same sentence and are a day apart at most. Each log-in stays by itself,
 * because each may be another person's.
 * @param events newest first
 */
export function groupEvents(events: AccountEvent[]): EventGroup[] {
  const runs: EventGroup[] = []
  for (const event of events) {
    const run = runs.at(-1)
    if (run && continuesRun(run, event)) run.push(event)
    else runs.push([event])
  }
  return runs.flatMap((run) => (run.length < MIN_RUN ? run.map((event): EventGroup => [event]) : [run]))
}

function continuesRun([first, ...others]: EventGroup, event: AccountEvent): boolean {
  const last = others.at(-1) ?? first
  const isLogIn = event.success && event.eventType === 'login'
  const isNear = last.createdAt.getTime() - event.createdAt.getTime() <= DAY_MS
  return !isLogIn && isNear && describeEvent(event) === describeEvent(first)
}

/** "from python-requests, 3 addresses". Empty for events that no request caused. */
export function describeOrigins(events: EventGroup): string {
  const addresses = new Set(events.flatMap(({ ipAddress }) => ipAddress ?? []))
  if (addresses.size === 0) return ''
  const devices = new Set(events.map(({ userAgent }) => deviceName(userAgent)))
  return `from ${nameOrCount(devices, 'devices')}, ${nameOrCount(addresses, 'addresses')}`
}

function nameOrCount(names: Set<string>, plural: string): string {
  const [name] = names
  return names.size === 1 && name !== undefined
    ? name.replace(/^Unknown/, 'an unknown')
    : `${names.size} ${plural}`
}
