import { expect, test } from 'vitest'
import { utc } from '#lib/format-date.ts'
import { offsetOf } from '#lib/time-zone.ts'
import { EVENT_TYPES } from '../catalogue.ts'
import { filterOf, KINDS, parseView, TIMES, viewOfDay } from './activity-filter.ts'

const CLOCK = { now: new Date('2026-11-21T12:00:00Z'), offset: utc }

test('shows all but background activity by default', () => {
  const { types } = filterOf(parseView({}), CLOCK) as { types: string[] }
  const hidden = EVENT_TYPES.filter((type) => !types.includes(type))
  expect(hidden).toEqual(['token_refreshed', 'refresh_token_raced'])
})

test('"Everything" includes every type', () => {
  expect(filterOf({ kind: 'all', time: 'all' }, CLOCK)).toEqual({})
})

test('every type belongs to a kind other than the first and the last', () => {
  const { notable: _, all: __, ...kinds } = KINDS
  const found = Object.values(kinds).flatMap(({ filter }) => ('types' in filter ? filter.types : []))
  expect(EVENT_TYPES.filter((type) => !found.includes(type))).toEqual(['login_failed'])
})

test('limits the events to the chosen time', () => {
  expect(filterOf({ kind: 'failures', time: '24-hours' }, CLOCK)).toEqual({
    success: false,
    since: new Date('2026-11-20T12:00:00Z'),
  })
})

test('custom dates include both days in UTC, and each is optional', () => {
  const since = new Date('2026-10-30T00:00:00.000Z')
  const until = new Date('2026-11-01T00:00:00.000Z')
  const filterOfDays = (days: Record<string, unknown>) =>
    filterOf(parseView({ kind: 'all', time: 'days', ...days }), CLOCK)
  expect(filterOfDays({ from: '2026-10-30', to: '2026-10-31' })).toEqual({ since, until })
  expect(filterOfDays({ from: '2026-10-30', to: '' })).toEqual({ since })
  expect(filterOfDays({ to: '2026-10-31' })).toEqual({ until })
  expect(filterOfDays({})).toEqual({})
  expect(filterOf(viewOfDay(new Date('2024-02-29T00:00:00Z')), CLOCK)).toMatchObject({
    since: new Date('2024-02-29T00:00:00.000Z'),
    until: new Date('2024-03-01T00:00:00.000Z'),
  })
})

test('a day of a time zone may have 25 hours', () => {
  const offset = offsetOf('Europe/Berlin') ?? utc
  expect(filterOf(viewOfDay(new Date('2026-10-25')), { ...CLOCK, offset })).toMatchObject({
    since: new Date('2026-10-24T22:00:00Z'),
    until: new Date('2026-10-25T23:00:00Z'),
  })
})

test.each([
  '2026-02-29',
  '2026-1-1',
  '30.10.2026',
  '2026-10-30T00:00',
  '+02026-10-30',
  '9'.repeat(99),
  ['2026-10-30'],
  7,
])('ignores an invalid day: %j', (odd) => {
  expect(parseView({ time: 'days', from: odd, to: odd })).toEqual({ kind: 'notable', time: 'days' })
})

test('ignores days unless custom dates are chosen', () => {
  const view = { kind: 'notable', time: '7-days' }
  expect(parseView({ ...view, from: '2026-10-30', to: '2026-10-31' })).toEqual(view)
})

test('reads known names from the query string and ignores all others', () => {
  expect(parseView({ kind: 'sessions', time: '7-days' })).toEqual({ kind: 'sessions', time: '7-days' })
  for (const odd of ['constructor', '__proto__', '', ['sessions'], undefined, 'x'.repeat(9999)]) {
    expect(parseView({ kind: odd, time: odd })).toEqual({
      kind: Object.keys(KINDS)[0],
      time: Object.keys(TIMES)[0],
    })
  }
})
