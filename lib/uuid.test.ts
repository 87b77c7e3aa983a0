import { expect, test } from 'vitest'
import { leastId, newId } from './uuid.ts'

const AT = new Date('2026-11-21T09:00:00.000Z')

test('makes a version 7 UUID that contains its time', () => {
  expect(Number.parseInt(newId(AT).replaceAll('-', '').slice(0, 12), 16)).toBe(AT.getTime())
  expect(newId(AT)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('makes unique ids that sort by creation within one millisecond', () => {
  const ids = Array.from({ length: 1000 }, () => newId(AT))
  expect(ids.toSorted()).toEqual(ids)
  expect(new Set(ids).size).toBe(1000)
})

test('the lowest id of a time sorts after all earlier ids and before all later ones', () => {
  const before = newId(new Date(AT.getTime() - 1))
  expect([newId(AT), leastId(AT), before].toSorted()).toEqual([before, leastId(AT), expect.any(String)])
})
