import { describe, expect, it, test } from 'vitest'
import {
  formatCalendarDay,
  formatDay,
  formatDayAndTime,
  formatMoment,
  formatRange,
  formatStartDay,
  utc,
} from '#lib/format-date.ts'

const now = new Date('2026-11-25T09:30:00Z')
const tokyo = () => -9 * 60

describe('formatDay', () => {
  it.each([
    ['2026-11-25T00:00:00Z', 'Today'],
    ['2026-11-24T23:59:59Z', 'Yesterday'],
    ['2026-11-23T12:00:00Z', 'Mon 23 Nov'],
    ['2026-01-01T00:00:00Z', 'Thu 1 Jan'],
    ['2025-12-31T23:59:59Z', '31 Dec 2025'],
    ['2026-11-26T00:00:00Z', 'Tomorrow'],
    ['2026-11-27T00:00:00Z', 'Fri 27 Nov'],
  ])('formats %s as %s', (at, formatted) => {
    expect(formatDay(new Date(at), now, utc)).toBe(formatted)
  })

  it('formats days of tasks in the same words', () => {
    expect(formatCalendarDay('2026-11-26', '2026-11-25')).toBe('Tomorrow')
    expect(formatCalendarDay('2027-02-28', '2026-11-25')).toBe('28 Feb 2027')
  })

  it('counts days by the wall clock of the zone', () => {
    const lateInTokyo = new Date('2026-11-24T15:00:00Z')
    expect(formatDay(lateInTokyo, now, utc)).toBe('Yesterday')
    expect(formatDay(lateInTokyo, now, tokyo)).toBe('Today')
  })
})

describe('formatDayAndTime', () => {
  it.each([
    ['2026-11-25T08:05:00Z', 'today at 08:05 UTC'],
    ['2026-11-24T23:59:59Z', 'yesterday at 23:59 UTC'],
    ['2026-11-23T12:00:00Z', 'on Mon 23 Nov at 12:00 UTC'],
    ['2025-12-31T23:59:59Z', 'on 31 Dec 2025 at 23:59 UTC'],
  ])('formats %s for a sentence as "%s"', (at, expected) => {
    expect(formatDayAndTime(new Date(at), now, utc)).toBe(expected)
  })
})

test.each([
  ['2026-11-24', 'From yesterday'],
  ['2026-11-25', 'From today'],
  ['2026-11-26', 'From tomorrow'],
  ['2026-11-27', 'From Fri 27 Nov'],
])('a start on %s is "%s"', (day, expected) => {
  expect(formatStartDay(day, '2026-11-25')).toBe(expected)
})

describe('formatRange', () => {
  it.each([
    ['2026-11-25T08:05:00Z', utc, 'Today, 08:05–09:10 UTC'],
    ['2026-11-25T08:05:00Z', tokyo, 'Today, 17:05–18:10'],
    ['2026-11-24T23:59:59Z', utc, 'Yesterday, 23:59 UTC – Today, 09:10 UTC'],
    ['2026-11-24T23:59:59Z', tokyo, 'Today, 08:59–18:10'],
    ['2026-11-25T09:10:00Z', utc, 'Today, 09:10 UTC'],
  ])('names a day once from %s', (start, offset, expected) => {
    const end = new Date('2026-11-25T09:10:00Z')
    expect(formatRange({ start: new Date(start), end, now }, offset)).toBe(expected)
  })
})

describe('formatMoment', () => {
  it('names the zone only if it is not the reader’s own', () => {
    const at = new Date('2026-11-24T00:05:00Z')
    expect(formatMoment(at, utc)).toBe('Tue 24 Nov 2026, 00:05 UTC')
    expect(formatMoment(at, tokyo)).toBe('Tue 24 Nov 2026, 09:05')
  })
})
