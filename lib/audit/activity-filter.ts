import { LOG_IN_TYPES, typesOf } from './event-kind'
import { EVENT_TYPES } from './event-sentence'
import type { EventFilter } from './list-events'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS

/** What the page of activity can show, by the names in its address; the first is what it shows unasked. */
export const KINDS = {
  notable: { label: 'All but routine renewals', filter: { types: EVENT_TYPES.filter(isNotable) } },
  'log-ins': { label: 'Log-ins', filter: { types: LOG_IN_TYPES, success: true } },
  failures: { label: 'Failed attempts', filter: { success: false } },
  sessions: { label: 'Sessions', filter: { types: typesOf('sessions') } },
  password: { label: 'Password', filter: { types: typesOf('password') } },
  other: { label: 'Other', filter: { types: typesOf('other') } },
  routine: { label: 'Routine renewals', filter: { types: typesOf('routine') } },
  all: { label: 'Everything', filter: {} },
} satisfies Record<string, { label: string; filter: EventFilter }>

/** How far back it looks, likewise. */
export const TIMES = {
  all: { label: 'All time', ms: null },
  '24-hours': { label: 'Last 24 hours', ms: DAY_MS },
  '7-days': { label: 'Last 7 days', ms: 7 * DAY_MS },
  '30-days': { label: 'Last 30 days', ms: 30 * DAY_MS },
} satisfies Record<string, { label: string; ms: number | null }>

/** A choice of what to show. */
export type ActivityView = { kind: keyof typeof KINDS; time: keyof typeof TIMES }

/** The view that an address asks for; what it does not say, or not well, is what is shown unasked. */
export function parseView({ kind, time }: Record<string, unknown>): ActivityView {
  return { kind: isNameIn(KINDS, kind) ? kind : 'notable', time: isNameIn(TIMES, time) ? time : 'all' }
}

/** Which events a view shows. */
export function filterOf({ kind, time }: ActivityView, now: Date): EventFilter {
  const { ms } = TIMES[time]
  return { ...KINDS[kind].filter, ...(ms !== null && { since: new Date(now.getTime() - ms) }) }
}

function isNameIn<T extends object>(names: T, name: unknown): name is keyof T {
  return typeof name === 'string' && Object.hasOwn(names, name)
}

function isNotable(type: (typeof EVENT_TYPES)[number]): boolean {
  return !typesOf('routine').includes(type)
}
