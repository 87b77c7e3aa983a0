import { expect, test } from 'vitest'
import { leastEventId, newEventId } from './event-id.ts'

const AT = new Date('2026-11-21T09:00:00.000Z')

test('makes a version 7 UUID that contains its time', () => {
  expect(Number.parseInt(newEventId(AT).replaceAll('-', '').slice(0, 12), 16)).toBe(AT.getTime())
  expect(newEventId(AT)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('makes unique ids that sort by creation within one millisecond', () => {
  const ids = Array.from({ length: 1000 }, () => newEventId(AT))
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(1000)
})

test('the lowest id of a time sorts after all earlier ids and before all later ones', () => {
  const before = newEventId(new Date(AT.getTime() - 1))
  expect([newEventId(AT), leastEventId(AT), before].toSorted()).toEqual([
    before,
    leastEventId(AT),
    expect.any(String),
  ])
})
