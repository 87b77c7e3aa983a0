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

/** Applies the steps. @returns the queue, and the items that still wait */
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
  expect(
    drain(queue)
      .map((item) => item.path[0])
      .join(''),
  ).toBe('abcaca')
})

test('serves the accounts of a network in turn, within the turns of the network', () => {
  const queue = queueOf([
    ['a', '1'],
    ['a', '1'],
    ['a', '2'],
    ['b', '3'],
  ])
  expect(
    drain(queue)
      .map((item) => item.path.join(''))
      .join(' '),
  ).toBe('a1 b3 a2 a1')
})

test('serves in order of arrival within one account', () => {
  const queue = queueOf([
    ['a', '1'],
    ['a', '1'],
    ['a', '1'],
  ])
  expect(drain(queue).map(({ id }) => id)).toEqual([0, 1, 2])
})

describe('after any sequence of additions and removals', () => {
  test('foretells the order in which items are served, and changes nothing', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const { queue } = play(history)
        const foretold = queue.inOrder()
        expect(queue.inOrder()).toEqual(foretold)
        expect(drain(queue)).toEqual(foretold)
      }),
    )
  })

  test('a newcomer waits for at most one item of each other network', () => {
    fc.assert(
      fc.property(steps, fc.nat(6), (history, others) => {
        const { queue } = play(history)
        for (const id of Array(others).keys()) queue.add({ path: [`${id}`], id }, [`${id}`])
        const newcomer = { path: ['new'], id: -1 }
        queue.add(newcomer, newcomer.path)
        const served = drain(queue)
        const networks = served.slice(0, served.indexOf(newcomer)).map((item) => item.path[0])
        expect(new Set(networks).size).toBe(networks.length)
      }),
    )
  })

  test('a network that keeps items waiting is served, however many newcomers come', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const { queue } = play(history)
        const patient = { path: ['patient'], id: -1 }
        for (const item of [{ ...patient }, patient]) queue.add(item, item.path)
        const networks = new Set(history.map((step) => step?.[0])).size
        let turns = 0
        for (let item = queue.take(); item !== patient; item = queue.take()) {
          expect(++turns).toBeLessThanOrEqual(6 * (networks + 3))
          queue.add({ path: [`${turns}`], id: turns }, [`${turns}`])
        }
      }),
    )
  })

  test('networks that keep items waiting get the same number of turns', () => {
    fc.assert(
      fc.property(steps, (history) => {
        const { queue } = play(history)
        const flooders = ['flooder 1', 'flooder 2', 'flooder 3']
        for (const name of flooders.flatMap((flooder) => Array<string>(20).fill(flooder)))
          queue.add({ path: [name], id: 0 }, [name])
        const served = drain(queue).slice(0, 40)
        const counts = flooders.map((name) => served.filter((item) => item.path[0] === name).length)
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('countAhead underestimates by at most the number of waiting networks', () => {
    fc.assert(
      fc.property(steps, path, (history, own) => {
        const { queue, waiting } = play(history)
        const ahead = queue.countAhead(own)
        queue.add({ path: own, id: -1 }, own)
        const networks = new Set(waiting.map((item) => item.path[0])).size
        expect(drain(queue).findIndex(({ id }) => id === -1)).toBeLessThanOrEqual(ahead + networks + 1)
      }),
    )
  })

  test('every item is served exactly once unless it was removed', () => {
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
