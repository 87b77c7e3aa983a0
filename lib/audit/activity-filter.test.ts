import { expect, test } from 'vitest'
import { filterOf, KINDS, parseView, TIMES } from './activity-filter'
import { EVENT_TYPES } from './event-sentence'

const NOW = new Date('2026-11-21T12:00:00Z')

test('unasked, all is shown but what browsers do by themselves', () => {
  const { types } = filterOf(parseView({}), NOW) as { types: string[] }
  const hidden = EVENT_TYPES.filter((type) => !types.includes(type))
  expect(hidden).toEqual(['token_refreshed', 'refresh_token_raced'])
})

test('"Everything" leaves nothing out', () => {
  expect(filterOf({ kind: 'all', time: 'all' }, NOW)).toEqual({})
})

test('every type is found by some kind beside the first and the last', () => {
  const { notable: _, all: __, ...kinds } = KINDS
  const found = Object.values(kinds).flatMap(({ filter }) => ('types' in filter ? filter.types : []))
  expect(EVENT_TYPES.filter((type) => !found.includes(type))).toEqual(['login_failed'])
})

test('a time ends so long ago', () => {
  expect(filterOf({ kind: 'failures', time: '24-hours' }, NOW)).toEqual({
    success: false,
    since: new Date('2026-11-20T12:00:00Z'),
  })
})

test('what an address says and is a name counts, all else is as if it said nothing', () => {
  expect(parseView({ kind: 'sessions', time: '7-days' })).toEqual({ kind: 'sessions', time: '7-days' })
  for (const odd of ['constructor', '__proto__', '', ['sessions'], undefined, 'x'.repeat(9999)]) {
    expect(parseView({ kind: odd, time: odd })).toEqual({
      kind: Object.keys(KINDS)[0],
      time: Object.keys(TIMES)[0],
    })
  }
})
