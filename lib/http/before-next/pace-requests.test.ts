import { AsyncLocalStorage } from 'node:async_hooks'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { beforeEach, expect, test } from 'vitest'
import { pace } from './pace-requests.ts'

beforeEach(() => nextTurn())

test('starts the first request immediately, and one of the others in each turn of the event loop', async () => {
  const started: number[] = []
  for (const id of [1, 2, 3]) pace(() => started.push(id))
  expect(started).toEqual([1])
  await nextTurn()
  expect(started).toEqual([1, 2])
  pace(() => started.push(4))
  await nextTurn()
  expect(started).toEqual([1, 2, 3])
  await nextTurn()
  expect(started).toEqual([1, 2, 3, 4])
  await nextTurn()
  pace(() => started.push(5))
  expect(started).toEqual([1, 2, 3, 4, 5])
})

test('a request that waits keeps its asynchronous context', async () => {
  const store = new AsyncLocalStorage<number>()
  const seen: unknown[] = []
  for (const id of [1, 2]) store.run(id, () => pace(() => seen.push(store.getStore())))
  await nextTurn()
  expect(seen).toEqual([1, 2])
})
