import { expect, test } from 'vitest'
import { type Over, planDrop } from './plan-drop.ts'
import type { TaskGroup } from './task-view.ts'

const task = (id: string) => ({ id, title: id })
const LIST: TaskGroup[] = [
  { tasks: [task('a'), task('b'), task('c')] },
  { heading: 'Done today', tasks: [{ ...task('d'), completed: true }] },
]
const DAYS: TaskGroup[] = [
  { heading: 'Tomorrow', day: '2026-12-01', tasks: [task('a')] },
  { heading: 'Wed 2 Dec', day: '2026-12-02', tasks: [task('b')] },
  { heading: 'Starts later', tasks: [task('c')] },
]
const INBOX = { place: { view: 'inbox' }, canMove: true }
const UPCOMING = { place: { view: 'upcoming' }, canMove: false }

function ids(groups: TaskGroup[] | undefined) {
  return groups?.map(({ tasks }) => tasks.map(({ id }) => id).join('')).join(' ')
}

function drop(groups: TaskGroup[], taskId: string, over: Over, page: Parameters<typeof planDrop>[3]) {
  const planned = planDrop(groups, taskId, over, page)
  return planned && [planned.fields, ids(planned.groups)]
}

const above = (taskId: string) => ({ taskId, isBelow: false })
const below = (taskId: string) => ({ taskId, isBelow: true })

test('in the order of the user, a task is dropped between two others', () => {
  expect(drop(LIST, 'a', below('b'), INBOX)).toEqual([{ after_id: 'b' }, 'bac d'])
  expect(drop(LIST, 'a', above('c'), INBOX)).toEqual([{ after_id: 'b' }, 'bac d'])
  expect(drop(LIST, 'c', above('a'), INBOX)).toEqual([{ after_id: '' }, 'cab d'])
  expect(drop(LIST, 'a', below('c'), INBOX)).toEqual([{ after_id: 'c' }, 'bca d'])
})

test('a drop that changes nothing is none', () => {
  for (const over of [above('a'), below('a'), above('b')]) expect(drop(LIST, 'a', over, INBOX)).toBeNull()
  expect(drop(LIST, 'b', below('a'), INBOX)).toBeNull()
  expect(drop(LIST, 'a', above('d'), INBOX)).toBeNull()
  expect(drop(LIST, 'gone', above('a'), INBOX)).toBeNull()
})

test('a completed task stays where it is', () => {
  const links = ['today', 'inbox'].map((view) => ({ path: `/tasks?view=${view}` }))
  for (const over of [above('a'), ...links, { path: '/tasks?list=home' }])
    expect(drop(LIST, 'd', over, { place: { list: 'work' }, canMove: true })).toBeNull()
})

test('the first place of a later page is unknown', () => {
  const page = { ...INBOX, place: { view: 'inbox', cursor: 'x' } }
  expect(drop(LIST, 'c', above('a'), page)).toBeNull()
  expect(drop(LIST, 'c', below('a'), page)).toEqual([{ after_id: 'a' }, 'acb d'])
})

test('among days, a task is dropped on another day', () => {
  expect(drop(DAYS, 'a', above('b'), UPCOMING)).toEqual([{ due_on: '2026-12-02' }, ' ba c'])
  expect(drop(DAYS, 'c', below('a'), UPCOMING)).toEqual([{ due_on: '2026-12-01' }, 'ac b '])
  expect(drop(DAYS, 'a', above('c'), UPCOMING)).toBeNull()
})

test('a task is dropped on a list, which it leaves the page for where the page has one list', () => {
  const list = { path: '/tasks?list=home' }
  expect(drop(LIST, 'a', list, INBOX)).toEqual([{ list_id: 'home' }, 'bc d'])
  expect(drop(LIST, 'a', list, { place: {}, canMove: false })).toEqual([{ list_id: 'home' }, 'abc d'])
  expect(drop(LIST, 'a', list, { place: { list: 'home' }, canMove: true })).toBeNull()
  expect(drop(LIST, 'a', { path: '/tasks?view=inbox' }, { place: { list: 'home' }, canMove: true })).toEqual([
    { list_id: '' },
    'bc d',
  ])
  expect(drop(LIST, 'a', { path: '/tasks?view=inbox' }, INBOX)).toBeNull()
})

test('a task is dropped on “Today”, and on no other view', () => {
  expect(drop(LIST, 'a', { path: '/tasks?view=today' }, INBOX)).toEqual([{ due_on: 'today' }, 'abc d'])
  for (const path of ['/tasks', '/tasks?view=done', '/tasks/history'])
    expect(drop(LIST, 'a', { path }, INBOX)).toBeNull()
})
