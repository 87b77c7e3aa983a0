import { expect, test } from 'vitest'
import { keepNewest } from './keep-newest.ts'

test('keeps the newest entries', () => {
  const map = new Map<string, number>()
  for (const [key, value] of Object.entries({ a: 1, b: 2, c: 3, d: 4 }))
    keepNewest(map, key, { value, max: 3 })
  expect([...map]).toEqual([
    ['b', 2],
    ['c', 3],
    ['d', 4],
  ])
})

test('an entry that is set again takes no other’s place', () => {
  const map = new Map([
    ['a', 1],
    ['b', 2],
  ])
  keepNewest(map, 'b', { value: 3, max: 2 })
  expect([...map]).toEqual([
    ['a', 1],
    ['b', 3],
  ])
})
