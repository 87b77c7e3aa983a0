import { expect, test } from 'vitest'
import { pinOf, placeRows } from './place-rows.ts'
import type { TaskGroup } from './task-view.ts'

function group(heading: string | undefined, ...ids: string[]): TaskGroup {
  return { ...(heading && { heading }), tasks: ids.map((id) => ({ id, title: id })) }
}

const shown = (groups: TaskGroup[], pins = [] as ReturnType<typeof pinOf>[]) =>
  placeRows(groups, pins).map(({ id, begins }) => (begins?.heading ? `${begins.heading}: ${id}` : id))

const pin = (groups: TaskGroup[], id: string, pins = [] as ReturnType<typeof pinOf>[]) =>
  pinOf(placeRows(groups, pins), id)

const before = [group(undefined, 'a', 'b', 'c'), group('Done today', 'x')]

test('without pins, rows are in the order of the server, and the first of each group begins it', () => {
  expect(shown(before)).toEqual(['a', 'b', 'c', 'Done today: x'])
})

test('a pinned task stays behind the one that it followed, whichever group has it now', () => {
  const after = [group(undefined, 'a', 'c'), group('Done today', 'b', 'x')]
  expect(shown(after, [pin(before, 'b')])).toEqual(['a', 'b', 'c', 'Done today: x'])
  const [row] = placeRows(after, [pin(before, 'b')]).filter(({ id }) => id === 'b')
  expect(row?.task).toEqual({ id: 'b', title: 'b' })
})

test('a pinned task that no group has keeps its row without a task', () => {
  expect(placeRows([group(undefined, 'b', 'c')], [pin(before, 'a')])[0]).toMatchObject({
    id: 'a',
    task: undefined,
  })
})

test('a new task comes before a pinned one that was the first', () => {
  expect(shown([group(undefined, 'new', 'b', 'c')], [pin(before, 'a')])).toEqual(['new', 'a', 'b', 'c'])
  expect(shown([group(undefined, 'new')], [pin(before, 'a')])).toEqual(['new', 'a'])
})

test('the next turn of a ticked task comes below it, wherever the server has it', () => {
  const turn = (id: string) => ({ id, title: 'Water', series: 's' })
  const other = { id: 'b', title: 'b', series: 'other' }
  for (const [first, second] of [
    [
      [turn('a'), other],
      [turn('next'), other],
    ],
    [
      [other, turn('a')],
      [turn('next'), other],
    ],
    [
      [other, turn('a')],
      [other, turn('next')],
    ],
    [[turn('a')], [turn('next')]],
  ] as const) {
    const pins = [pin([{ tasks: [...first] }], 'a')]
    const expected = first.flatMap(({ id }) => (id === 'a' ? ['a', 'next'] : [id]))
    expect(shown([{ tasks: [...second] }, group('Done today', 'a')], pins)).toEqual(expected)
  }
})

test('the last task of a group keeps the group in its place', () => {
  const today = [group('Overdue', 'a'), group('Today', 'b')]
  expect(shown([group('Today', 'b')], [pin(today, 'a')])).toEqual(['Overdue: a', 'Today: b'])
  expect(shown([group('Overdue', 'a')], [pin(today, 'b')])).toEqual(['Overdue: a', 'Today: b'])
})

test('a group that has pinned tasks alone has no count', () => {
  const today = [{ ...group('Today', 'a'), count: 1 }]
  expect(placeRows([group('Done today', 'a')], [pin(today, 'a')])[0]?.begins).toEqual(group('Today', 'a'))
})

test('a task that returns to its group is where the server has it', () => {
  expect(shown([group(undefined, 'c', 'b', 'a')], [pin(before, 'a')])).toEqual(['c', 'b', 'a'])
})

test('several pinned tasks keep their order, whichever is pinned first', () => {
  const all = ['a', 'b', 'c', 'd', 'e']
  for (const ids of permutations(all)) {
    const pins: ReturnType<typeof pinOf>[] = []
    for (const [count, id] of ids.entries()) {
      const open = all.filter((other) => !ids.slice(0, count).includes(other))
      pins.push(pin([group(undefined, ...open), group('Done', ...ids.slice(0, count))], id, pins))
      const rest = open.filter((other) => other !== id)
      const groups = [group(undefined, ...rest), group('Done', id, ...ids.slice(0, count), 'x')]
      expect(shown(groups, pins), ids.join(' ')).toEqual([...all, 'Done: x'])
    }
  }
})

test('tasks that are pinned before the server has answered keep their order', () => {
  const all = ['a', 'b', 'c', 'd', 'e']
  for (const ids of permutations(all)) {
    for (let count = 1; count <= ids.length; count++) {
      const pinned = ids.slice(0, count)
      const pins = pinned.map((id) => pin([group(undefined, ...all)], id))
      const rest = all.filter((id) => !pinned.includes(id))
      const groups = [group(undefined, ...rest), group('Done', ...pinned, 'x')]
      expect(shown(groups, pins), pinned.join(' ')).toEqual([...all, 'Done: x'])
    }
  }
})

function permutations(items: string[]): string[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  )
}
