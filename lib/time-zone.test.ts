import { describe, expect, it, test } from 'vitest'
import { formatDay, type Offset, utc } from '#lib/format-date.ts'
import { DAY_MS, MINUTE_MS } from '#lib/time.ts'
import { dayOf, offsetOf, restOfDay, startOfDay } from './time-zone.ts'

const inZone = (zone: string) => offsetOf(zone) as Offset

describe('offsetOf', () => {
  it.each([
    ['Europe/Berlin', '2026-10-25T00:59:59Z', -120],
    ['Europe/Berlin', '2026-10-25T01:00:00Z', -60],
    ['America/New_York', '2026-03-08T06:59:59Z', 300],
    ['America/New_York', '2026-03-08T07:00:00Z', 240],
    ['Australia/Lord_Howe', '2026-01-01T00:00:00Z', -660],
    ['Australia/Lord_Howe', '2026-07-01T00:00:00Z', -630],
    ['Asia/Kathmandu', '2026-01-01T00:00:00Z', -345],
    ['UTC', '2026-01-01T00:00:00Z', 0],
  ])('is in %s at %s %i minutes', (zone, at, minutes) => {
    expect(inZone(zone)(new Date(at))).toBe(minutes)
  })

  it.each([null, undefined, '', 'Mars/Base'])('is null for the zone %j', (zone) => {
    expect(offsetOf(zone)).toBeNull()
  })
})

test.each([
  ['Pacific/Kiritimati', '2026-11-25T10:30:00Z', '2026-11-25T09:59:00Z', 'Yesterday'],
  ['Pacific/Kiritimati', '2026-11-25T10:30:00Z', '2026-11-25T10:00:00Z', 'Today'],
  ['America/Los_Angeles', '2026-11-25T07:30:00Z', '2026-11-24T08:00:00Z', 'Today'],
  // The 25 hours of 25 October and the 23 of 29 March are one day each.
  ['Europe/Berlin', '2026-10-25T22:59:00Z', '2026-10-24T22:00:00Z', 'Today'],
  ['Europe/Berlin', '2026-10-26T22:59:00Z', '2026-10-24T22:00:00Z', 'Yesterday'],
  ['Europe/Berlin', '2026-03-30T21:59:00Z', '2026-03-28T22:59:00Z', 'Sat 28 Mar'],
])('in %s at %s, %s was %s', (zone, now, at, day) => {
  expect(formatDay(new Date(at), new Date(now), inZone(zone))).toBe(day)
})

describe('startOfDay', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00Z'],
    ['Europe/Berlin', '2026-03-30', '2026-03-29T22:00:00Z'],
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00Z'],
    ['Europe/Berlin', '2026-10-26', '2026-10-25T23:00:00Z'],
    ['Pacific/Kiritimati', '2026-11-25', '2026-11-24T10:00:00Z'],
    // Cairo's clock skips the first hour of this day, Havana's repeats it.
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00Z'],
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00Z'],
    // Samoa skipped this day.
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z'],
  ])('in %s %s starts at %s', (zone, day, start) => {
    expect(startOfDay(new Date(day), inZone(zone))).toEqual(new Date(start))
  })

  it('finds the moment at which the date changes, on every day of a year', () => {
    const zones = [
      'Europe/Berlin',
      'Africa/Cairo',
      'America/Havana',
      'Australia/Lord_Howe',
      'Pacific/Kiritimati',
    ]
    for (const offset of [utc, ...zones.map(inZone)]) {
      for (let day = Date.UTC(2026, 0); day < Date.UTC(2027, 0); day += DAY_MS) {
        const start = startOfDay(new Date(day), offset)
        expect(dayOf(start, offset).getTime()).toBeGreaterThanOrEqual(day)
        expect(dayOf(new Date(start.getTime() - MINUTE_MS), offset).getTime()).toBeLessThan(day)
      }
    }
  })
})

test.each([
  ['UTC', '2026-11-29T00:00:00Z', 24],
  ['Pacific/Kiritimati', '2026-11-29T09:00:00Z', 1],
  ['Pacific/Kiritimati', '2026-11-29T10:00:00Z', 24],
  ['America/Los_Angeles', '2026-11-29T07:30:00Z', 0.5],
  ['Europe/Berlin', '2026-10-24T22:00:00Z', 25],
])('in %s at %s the day lasts %d hours', (zone, now, hours) => {
  expect(restOfDay(new Date(now), inZone(zone))).toBe(hours * 60 * MINUTE_MS)
})
