import fc from 'fast-check'
import { expect, test } from 'vitest'
import { utc } from '#lib/format-date.ts'
import { DAY_MS, HOUR_MS } from '#lib/time.ts'
import { dayOf, offsetOf, startOfDay } from '#lib/time-zone.ts'
import { addDays, dayNumber } from './day.ts'
import { dayIn } from './day-in.ts'

/** With half and quarter hours, changes at midnight, changes of half an hour, and changes during Ramadan. */
const ZONES = [
  ...['UTC', 'Africa/Cairo', 'Africa/Casablanca', 'Africa/El_Aaiun', 'Africa/Lagos', 'America/Asuncion'],
  ...['America/Caracas', 'America/Havana', 'America/Los_Angeles', 'America/New_York', 'America/Nuuk'],
  ...['America/Santiago', 'America/Sao_Paulo', 'America/St_Johns', 'Antarctica/Troll', 'Asia/Beirut'],
  ...['Asia/Gaza', 'Asia/Kathmandu', 'Asia/Kolkata', 'Asia/Pyongyang', 'Asia/Tehran', 'Asia/Tokyo'],
  ...['Australia/Eucla', 'Australia/Lord_Howe', 'Europe/Berlin', 'Europe/Dublin', 'Europe/London'],
  ...['Pacific/Apia', 'Pacific/Chatham', 'Pacific/Kiritimati', 'Pacific/Marquesas', 'Pacific/Norfolk'],
]

const zone = fc.constantFrom(...ZONES)
const instant = fc
  .integer({ min: Date.UTC(2005, 0) / 60_000, max: Date.UTC(2040, 0) / 60_000 })
  .map((minute) => new Date(minute * 60_000))

test('the day in a zone is that of its clock, and changes only to a later one', () => {
  fc.assert(
    fc.property(zone, instant, fc.nat(48 * 60), (timeZone, at, minutes) => {
      const day = dayIn(timeZone, at)
      expect(day).toBe(
        dayOf(at, offsetOf(timeZone) ?? utc)
          .toISOString()
          .slice(0, 10),
      )
      expect(dayIn(timeZone, new Date(at.getTime() + minutes * 60_000)) >= day).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test('no day is skipped or doubled from hour to hour, but the one that Samoa skipped', () => {
  const steps = new Set<number>()
  const skipped = new Map<string, string[]>()
  for (const timeZone of ZONES) {
    let day = dayIn(timeZone, new Date(Date.UTC(2010, 11, 31)))
    for (let at = Date.UTC(2011, 0); at < Date.UTC(2012, 0, 2); at += HOUR_MS) {
      const next = dayIn(timeZone, new Date(at))
      const step = dayNumber(next) - dayNumber(day)
      steps.add(step)
      if (step === 2) skipped.set(timeZone, [addDays(day, 1)])
      day = next
    }
  }
  expect([...steps].sort()).toEqual([0, 1, 2])
  expect([...skipped]).toEqual([['Pacific/Apia', ['2011-12-30']]])
})

test('a day begins at its first moment, through every change of the clocks', () => {
  fc.assert(
    fc.property(zone, instant, (timeZone, at) => {
      const offset = offsetOf(timeZone) ?? utc
      const day = dayIn(timeZone, at)
      const start = startOfDay(new Date(day), offset)
      expect(start.getTime()).toBeLessThanOrEqual(at.getTime())
      expect(at.getTime() - start.getTime()).toBeLessThan(DAY_MS + 2 * HOUR_MS)
      expect(dayIn(timeZone, start)).toBe(day)
      expect(dayIn(timeZone, new Date(start.getTime() - 1)) < day).toBe(true)
    }),
    { numRuns: 1000 },
  )
})

test('gives the day of each zone, the first time and later', () => {
  const evening = new Date('2026-11-29T23:30:00Z')
  for (let time = 0; time < 2; time++) {
    expect(dayIn('UTC', evening)).toBe('2026-11-29')
    expect(dayIn('Asia/Kathmandu', evening)).toBe('2026-11-30')
    expect(dayIn('America/New_York', evening)).toBe('2026-11-29')
  }
})
