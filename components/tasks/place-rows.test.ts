import { expect, test } from 'vitest'
import { pinOf, placeRows } from './place-rows.ts'
import type { TaskGroup } from './task-view.ts'

function group(heading: string | undefined, ...ids: string[]): TaskGroup {
  return { ...(heading && { heading }), tasks: ids.map((id) => ({ id, title: id })) }
}

const shown = (groups: TaskGroup[], pins = [] as ReturnType<typeof pinOf>[]) =>
  placeRows(groups, pins).map(({ id, begins }) => (begins?.heading ? `${begins.heading}: ${id}` : id))

const before = [group(undefined, 'a', 'b', 'c'), group('Done today', 'x')]

test('without pins, rows are in the order of the server, and the first of each group begins it', () => {
  expect(shown(before)).toEqual(['a', 'b', 'c', 'Done today: x'])
})

test('a pinned task stays behind the one that it followed, whichever group has it now', () => {
  const after = [group(undefined, 'a', 'c'), group('Done today', 'b', 'x')]
  expect(shown(after, [pinOf(before, 'b')])).toEqual(['a', 'b', 'c', 'Done today: x'])
  const [row] = placeRows(after, [pinOf(before, 'b')]).filter(({ id }) => id === 'b')
  expect(row?.task).toEqual({ id: 'b', title: 'b' })
})

test('a pinned task that no group has keeps its row without a task', () => {
  expect(placeRows([group(undefined, 'b', 'c')], [pinOf(before, 'a')])[0]).toMatchObject({
    id: 'a',
    task: undefined,
  })
})

test('a new task comes before a pinned one that was the first', () => {
  expect(shown([group(undefined, 'new', 'b', 'c')], [pinOf(before, 'a')])).toEqual(['new', 'a', 'b', 'c'])
  expect(shown([group(undefined, 'new')], [pinOf(before, 'a')])).toEqual(['new', 'a'])
})

test('the last task of a group keeps the group in its place', () => {
  const today = [group('Overdue', 'a'), group('Today', 'b')]
  expect(shown([group('Today', 'b')], [pinOf(today, 'a')])).toEqual(['Overdue: a', 'Today: b'])
  expect(shown([group('Overdue', 'a')], [pinOf(today, 'b')])).toEqual(['Overdue: a', 'Today: b'])
})

test('a task that returns to its group is where the server has it', () => {
  expect(shown([group(undefined, 'c', 'b', 'a')], [pinOf(before, 'a')])).toEqual(['c', 'b', 'a'])
})

test('several pinned tasks keep their order', () => {
  const pins = ['b', 'a', 'c'].map((id) => pinOf(before, id))
  expect(shown([group('Done today', 'c', 'a', 'b', 'x')], pins)).toEqual(['a', 'b', 'c', 'Done today: x'])
})
