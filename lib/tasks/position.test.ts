import fc from 'fast-check'
import { expect, test } from 'vitest'
import { between } from './position.ts'

const isBetween = (key: string, low: string, high: string | null) =>
  low < key && (high === null || key < high)

test('a key is between any two others, however they came about', () => {
  const places = fc.array(fc.nat(), { maxLength: 200 })
  fc.assert(
    fc.property(places, (moves) => {
      const keys: string[] = []
      for (const move of moves) {
        const index = move % (keys.length + 1)
        const [low, high] = [keys[index - 1] ?? '', keys[index] ?? null]
        const key = between(low, high)
        expect(isBetween(key, low, high) && !key.endsWith('0')).toBe(true)
        keys.splice(index, 0, key)
      }
    }),
  )
})

test.each([
  ['the start', (key: string) => between('', key)],
  ['the end', (key: string) => between(key, null)],
])('a thousand moves to %s make keys of some two hundred digits', (_, next) => {
  let key = between('', null)
  for (let move = 0; move < 1000; move++) key = next(key)
  expect(key.length).toBeLessThan(220)
})
