import { expect, test } from 'vitest'
import { MAX_TICKS } from './max-ticks.ts'
import { ticksSchema } from './ticks-schema.ts'

test('reads the ids of the tasks to complete and to reopen', () => {
  expect(ticksSchema.parse({ complete: 'a b', reopen: 'c', view: 'today' })).toEqual([
    { id: 'a', isCompleted: true },
    { id: 'b', isCompleted: true },
    { id: 'c', isCompleted: false },
  ])
  expect(ticksSchema.parse({ reopen: 'a' })).toEqual([{ id: 'a', isCompleted: false }])
})

test('refuses none, and more than a page sends together', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `id-${index}`).join(' ')
  expect(ticksSchema.safeParse({ complete: ids(MAX_TICKS) }).success).toBe(true)
  for (const sent of [{}, { complete: ' ', reopen: '' }, { complete: ids(MAX_TICKS), reopen: 'one' }]) {
    expect(ticksSchema.safeParse(sent)).toMatchObject({ success: false })
  }
})
