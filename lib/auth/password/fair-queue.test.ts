import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FairQueue } from './fair-queue.ts'

type Item = { path: string[]; id: number }

function queueOf(paths: string[][]): FairQueue<Item> {
  const queue = new FairQueue<Item>()
  for (const [id, path] of paths.entries()) queue.add({ path, id }, path)
  return queue
}

function drain(queue: FairQueue<Item>): Item[] {
  const items: Item[] = []
  for (let item = queue.take(); item; item = queue.take()) items.push(item)
  return items
}

const path = fc.tuple(...['ab', 'xyz', '123'].map((names) => fc.constantFrom(...names)))
/** Adds a path, or takes the next item where there is none. */
const steps = fc.array(fc.option(path), { maxLength: 60 })

/** What waits after the steps. */
function play(history: (string[] | null)[]) {
  const queue = new FairQueue<Item>()
  const waiting: Item[] = []
  for (const [id, step] of history.entries()) {
    if (step) {
      waiting.push({ path: step, id })
      queue.add(waiting.at(-1)!, step)
    } else {
      const taken = queue.take()
      if (taken) waiting.splice(waiting.indexOf(taken), 1)
    }
  }
  return { queue, waiting }
}

test('serves networks in turn, however many items each of them has', () => {
  const queue = queueOf([['a'], ['a'], ['a'], ['b'], ['c'], ['c']])
  expect(drain(queue).map((item) => item.path[0])).toEqual(['a', 'b', 'c', 'a', 'c', 'a'])
})

test('serves the accounts of a network in turn, within the turns of the network', () => {
  const queue = queueOf([
    ['a', '1'],
    ['a', '1'],
    ['a', '2'],
    ['b', '3'],
  ])
  expect(drain(queue).map((item) => item.path.join(''))).toEqual(['a1', 'b3', 'a2', 'a1'])
})

test('serves in order of arrival within one account', () => {
  const queue = queueOf([
    ['a', '1'],
    ['a', '1'],
    ['a', '1'],
  ])
  expect(drain(queue).map(({ id }) => id)).toEqual([0, 1, 2])
})

describe('whatever was added and taken before', () => {
  test('a newcomer waits for at most one item of each other network', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const { queue } = play(history.map((step) => step && [step[1]!, step[2]!]))
        const newcomer = { path: ['new', '1'], id: -1 }
        queue.add(newcomer, newcomer.path)
        const served = drain(queue)
        const ahead = served.slice(0, served.indexOf(newcomer))
        const networks = ahead.map((item) => item.path[0])
        expect(new Set(networks).size).toBe(networks.length)
      }),
    )
  })

  test('what is ahead of a newcomer is counted as it is then served', () => {
    fc.assert(
      fc.property(steps, path, (history, own) => {
        const { queue } = play(history)
        const ahead = queue.countAhead(own)
        queue.add({ path: own, id: -1 }, own)
        expect(drain(queue).findIndex(({ id }) => id === -1)).toBe(ahead)
      }),
    )
  })

  test('every item is served exactly once, but for those that were removed', () => {
    fc.assert(
      fc.property(steps, fc.nat(), (history, position) => {
        const { queue, waiting } = play(history)
        const removed = waiting[position % (waiting.length || 1)]
        if (removed) {
          expect(queue.remove(removed, removed.path)).toBe(true)
          expect(queue.remove(removed, removed.path)).toBe(false)
        }
        const left = waiting.filter((item) => item !== removed)
        expect(queue.size).toBe(left.length)
        const served = drain(queue)
        expect(new Set(served)).toEqual(new Set(left))
        expect(served).toHaveLength(left.length)
        expect(queue.size).toBe(0)
      }),
    )
  })
})
