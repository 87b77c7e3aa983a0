import { z } from 'zod'
import type { Offset } from '#lib/format-date.ts'
import { DAY_MS } from '#lib/time.ts'
import { startOfDay } from '#lib/time-zone.ts'
import { EVENT_TYPES, typesOf } from '../catalogue.ts'
import type { EventFilter } from '../list-events.ts'

/** The choices of the field "Kind", by their value in the query string. `notable` is the default. */
export const KINDS = {
  notable: { label: 'Important events', filter: { types: EVENT_TYPES.filter(isNotable) } },
  'log-ins': { label: 'Log-ins', filter: { types: typesOf('log-ins'), success: true } },
  failures: { label: 'Failed attempts', filter: { success: false } },
  sessions: { label: 'Sessions', filter: { types: typesOf('sessions') } },
  password: { label: 'Password', filter: { types: typesOf('password') } },
  other: { label: 'Other', filter: { types: typesOf('other') } },
  routine: { label: 'Background activity', filter: { types: typesOf('routine') } },
  all: { label: 'Everything', filter: {} },
} satisfies Record<string, { label: string; filter: EventFilter }>

/** The choices of the field "Time". `days` is a range of days, both included and each optional. */
export const TIMES = {
  all: { label: 'All time', ms: null },
  '24-hours': { label: 'Last 24 hours', ms: DAY_MS },
  '7-days': { label: 'Last 7 days', ms: 7 * DAY_MS },
  '30-days': { label: 'Last 30 days', ms: 30 * DAY_MS },
  days: { label: 'Custom dates', ms: null },
} satisfies Record<string, { label: string; ms: number | null }>

/** `from` and `to` are days in the account's time zone: "2026-11-24". */
export type ActivityView = { kind: keyof typeof KINDS; time: keyof typeof TIMES; from?: string; to?: string }

export function parseView({ kind, time, from, to }: Record<string, unknown>): ActivityView {
  const view: ActivityView = {
    kind: isNameIn(KINDS, kind) ? kind : 'notable',
    time: isNameIn(TIMES, time) ? time : 'all',
  }
  if (view.time !== 'days') return view
  return { ...view, ...(isDay(from) && { from }), ...(isDay(to) && { to }) }
}

/** @param day midnight UTC of its date */
export function viewOfDay(day: Date): ActivityView {
  const name = day.toISOString().slice(0, 10)
  return { kind: 'notable', time: 'days', from: name, to: name }
}

type Clock = { now: Date; offset: Offset }

export function filterOf({ kind, time, from, to }: ActivityView, { now, offset }: Clock): EventFilter {
  const { ms } = TIMES[time]
  return {
    ...KINDS[kind].filter,
    ...(ms !== null && { since: new Date(now.getTime() - ms) }),
    ...(from && { since: startOfDay(new Date(from), offset) }),
    ...(to && { until: startOfDay(new Date(Date.parse(to) + DAY_MS), offset) }),
  }
}

function isDay(text: unknown): text is string {
  return z.iso.date().safeParse(text).success
}

function isNameIn<T extends object>(names: T, name: unknown): name is keyof T {
  return typeof name === 'string' && Object.hasOwn(names, name)
}

function isNotable(type: (typeof EVENT_TYPES)[number]): boolean {
  return !typesOf('routine').includes(type)
}
