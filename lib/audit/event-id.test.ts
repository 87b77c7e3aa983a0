import { expect, test } from 'vitest'
import { leastEventId, newEventId } from './event-id.ts'

const AT = new Date('2026-11-21T09:00:00.000Z')

test('an id is a version 7 UUID that holds its moment', () => {
  expect(Number.parseInt(newEventId(AT).replaceAll('-', '').slice(0, 12), 16)).toBe(AT.getTime())
  expect(newEventId(AT)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('ids of one millisecond sort in the order of their making, and none is made twice', () => {
  const ids = Array.from({ length: 1000 }, () => newEventId(AT))
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(1000)
})

test('the least id of a moment lies between all earlier and all later ones', () => {
  const before = newEventId(new Date(AT.getTime() - 1))
  expect([newEventId(AT), leastEventId(AT), before].toSorted()).toEqual([
    before,
    leastEventId(AT),
    expect.any(String),
  ])
})
