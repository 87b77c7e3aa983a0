import { expect, test } from 'vitest'
import { timeZoneSchema } from './text-schema.ts'
import { listTimeZones, presentName, timeZoneOptions } from './time-zone-names.ts'

test('the list has the present name of each time zone, and of each but once', () => {
  const zones = new Map(timeZoneOptions(listTimeZones(null)))
  for (const name of ['Asia/Kolkata', 'Europe/Kyiv', 'America/Nuuk', 'UTC'])
    expect(zones.has(name)).toBe(true)
  expect(zones.get('America/New_York')).toBe('America/New York')
  const isCanonical = (name: string) => new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
  expect(new Set([...zones.keys()].map((name) => isCanonical(name).timeZone)).size).toBe(zones.size)
})

test('a saved name is in the list in place of another name of its zone', () => {
  const zones = new Map(timeZoneOptions(listTimeZones('Asia/Calcutta')))
  expect(zones.get('Asia/Calcutta')).toBe('Asia/Kolkata')
  expect(zones.has('Asia/Kolkata')).toBe(false)
  expect(zones.size).toBe(listTimeZones(null).length)
})

test('every name of a zone is stored as the present one', () => {
  for (const name of listTimeZones(null)) expect(timeZoneSchema.parse(name)).toBe(name)
  expect(timeZoneSchema.parse('Asia/Calcutta')).toBe('Asia/Kolkata')
  expect(timeZoneSchema.parse('asia/kolkata')).toBe('Asia/Kolkata')
  expect(presentName('Asia/Kolkata')).toBe('Asia/Kolkata')
})
