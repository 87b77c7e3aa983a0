import { expect, test } from 'vitest'
import { MAX_TICKS } from '#app/(app)/tasks/max-ticks.ts'
import type { Tick } from '#lib/tasks/tick-tasks.ts'
import { makeTickQueue } from './tick-queue.ts'

const done = (id: string): Tick => ({ id, isCompleted: true })
const open = (id: string): Tick => ({ id, isCompleted: false })

/** A queue whose requests wait until `answer` settles the oldest one. */
function heldQueue() {
  const requests: Tick[][] = []
  const waiting: ((text: string) => void)[] = []
  const queue = makeTickQueue((ticks) => {
    requests.push(ticks)
    return new Promise<string>((resolve) => waiting.push(resolve))
  })
  async function answer(text: string) {
    waiting.shift()?.(text)
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { queue, requests, answer }
}

test('sends the first tick immediately, and those made meanwhile together with the next request', async () => {
  const { queue, requests, answer } = heldQueue()
  const answers = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => queue.add(done(id)))
  expect(requests).toEqual([[done('a')]])
  await answer('first')
  expect(requests.slice(1)).toEqual([['b', 'c', 'd', 'e', 'f'].map(done)])
  await answer('second')
  expect(await Promise.all(answers)).toEqual(['first', ...Array(5).fill('second')])
  expect(requests).toHaveLength(2)
})

test('of several ticks of one task, the last one is the last that is sent', async () => {
  const { queue, requests, answer } = heldQueue()
  const answers = [done('a'), open('a'), done('a'), done('b'), open('b')].map((tick) => queue.add(tick))
  await answer('first')
  await answer('second')
  expect(requests).toEqual([[done('a')], [done('a'), open('b')]])
  expect(await Promise.all(answers)).toEqual(['first', 'second', 'second', 'second', 'second'])
})

test('sends again after an answer, and no more than a request may contain', async () => {
  const { queue, requests, answer } = heldQueue()
  void queue.add(done('a'))
  await answer('failed')
  void queue.add(done('a'))
  for (let index = 0; index <= MAX_TICKS; index++) void queue.add(open(String(index)))
  await answer('')
  await answer('')
  expect(requests.map(({ length }) => length)).toEqual([1, 1, MAX_TICKS, 1])
})

test('a request that fails fails its ticks alone', async () => {
  const send = (ticks: Tick[]) =>
    ticks.length === 1 ? Promise.reject(new Error('redirect')) : Promise.resolve('saved')
  const queue = makeTickQueue(send)
  const answers = ['a', 'b', 'c'].map((id) => queue.add(done(id)))
  expect(await Promise.allSettled(answers)).toMatchObject([
    { status: 'rejected' },
    { value: 'saved' },
    { value: 'saved' },
  ])
})

test('a page that is left takes what was not sent', async () => {
  const { queue, requests, answer } = heldQueue()
  for (const id of ['a', 'b', 'c']) void queue.add(done(id))
  expect(queue.takeWaiting()).toEqual([done('b'), done('c')])
  await answer('first')
  expect(requests).toHaveLength(1)
  expect(queue.takeWaiting()).toEqual([])
})
