import { expect, test } from 'vitest'
import { NO_REPEAT } from '#lib/tasks/repeat/repeat.ts'
import { NO_FIELDS, type Task } from '#lib/tasks/task.ts'
import { groupTasks } from './group-tasks.ts'
import type { TaskQuery } from './task-query.ts'

const NOW = new Date('2026-11-29T23:30:00.000Z')
const PLAIN = {
  query: {},
  doneToday: [],
  timeZone: 'UTC',
  now: NOW,
  listNames: new Map(),
  isComplete: true,
}
const HOME = '01234567-89ab-7def-8123-456789abcdef'

function task(title: string, fields: Partial<Task> = {}): Task {
  return {
    id: title,
    userId: 'u',
    title,
    completedAt: null,
    ...NO_FIELDS,
    ...NO_REPEAT,
    createdAt: NOW,
    updatedAt: NOW,
    version: 1,
    position: 'V',
    ...fields,
  } as Task
}

function group(query: TaskQuery, tasks: Task[], doneToday: Task[] = [], timeZone = 'UTC') {
  const listNames = new Map([[HOME, 'Home']])
  const groups = groupTasks(tasks, { query, doneToday, timeZone, now: NOW, listNames, isComplete: true })
  return groups.map(({ heading, count, tasks: views }) => [
    heading,
    count,
    views.map(({ title, due }) => (due ? `${title} (${due})` : title)),
  ])
}

test('Today has what is overdue first, with counts, and repeats no day', () => {
  const tasks = [
    task('Late', { dueOn: '2026-11-28', dueTime: '09:30' }),
    task('Now', { dueOn: '2026-11-29' }),
    task('At nine', { dueOn: '2026-11-29', dueTime: '09:00', dueZone: 'America/New_York' }),
    task('Started', { startOn: '2026-11-29', dueOn: '2026-12-24' }),
  ]
  expect(group({ view: 'today' }, tasks)).toEqual([
    ['Overdue', 1, ['Late (Yesterday, 09:30)']],
    ['Today', 3, ['Now', 'At nine (09:00 New York)', 'Started (Thu 24 Dec)']],
  ])
  expect(group({ view: 'today', sort: 'priority' }, tasks.toReversed())[0]?.[0]).toBe('Overdue')
})

test('Upcoming is grouped by day, in the zone of the account, and by nothing in another order', () => {
  const tasks = [
    task('a', { dueOn: '2026-11-30' }),
    task('b', { dueOn: '2026-12-04', dueTime: '10:00' }),
    task('c', { startOn: '2027-01-02' }),
  ]
  expect(group({ view: 'upcoming' }, tasks)).toEqual([
    ['Tomorrow', undefined, ['a']],
    ['Fri 4 Dec', undefined, ['b (10:00)']],
    ['Starts later', undefined, ['c (From 2 Jan 2027)']],
  ])
  expect(group({ view: 'upcoming' }, tasks.slice(0, 1), [], 'Europe/Berlin')[0]?.[0]).toBe('Today')
  expect(group({ view: 'upcoming', sort: 'created' }, tasks).map(([heading]) => heading)).toEqual([undefined])
})

test('done tasks are grouped by the day of the account’s zone, and have no due day', () => {
  const done = (title: string, at: string) => task(title, { completedAt: new Date(at), dueOn: '2026-11-01' })
  const tasks = [
    done('a', '2026-11-29T22:00:00Z'),
    done('b', '2026-11-28T23:30:00Z'),
    done('c', '2025-01-01T12:00:00Z'),
  ]
  const headings = (timeZone: string) =>
    group({ view: 'done' }, tasks, [], timeZone).map(([heading]) => heading)
  expect(headings('UTC')).toEqual(['Today', 'Yesterday', '1 Jan 2025'])
  expect(headings('Pacific/Auckland')).toEqual(['Today', 'Yesterday', '2 Jan 2025'])
  expect(group({ view: 'done' }, tasks)[0]?.[2]).toEqual(['a'])
})

test('open tasks come before those done today, and lists are named where they are mixed', () => {
  const [open, done] = [task('open', { listId: HOME }), task('done', { completedAt: NOW })]
  expect(group({}, [open], [done])).toEqual([
    [undefined, undefined, ['open']],
    ['Done today', undefined, ['done']],
  ])
  expect(group({}, [])).toEqual([])
  const view = (query: TaskQuery) =>
    groupTasks([open], {
      query,
      doneToday: [],
      timeZone: 'UTC',
      now: NOW,
      listNames: new Map([[HOME, 'Home']]),
      isComplete: true,
    })[0]?.tasks[0]
  expect(view({})).toEqual({ id: 'open', title: 'open', list: 'Home' })
  expect(view({ list: HOME })).toEqual({ id: 'open', title: 'open' })
})

test('a view has the fields with a value alone', () => {
  const full = task('a', { description: 'b', priority: 2, labels: ['c'], dueOn: '2026-11-01' })
  expect(groupTasks([full], PLAIN)).toEqual([
    {
      tasks: [
        {
          id: 'a',
          title: 'a',
          description: 'b',
          priority: 2,
          labels: ['c'],
          due: 'Sun 1 Nov',
          isOverdue: true,
        },
      ],
    },
  ])
})

test('an open task has its rule in words, and a done one has none', () => {
  const repeating = { repeatRule: 'FREQ=WEEKLY', repeatFrom: 'due', repeatAnchor: '2026-11-30' } as const
  const tasks = [task('Open', repeating), task('Done', { ...repeating, completedAt: NOW })]
  expect(groupTasks(tasks, PLAIN)[0]?.tasks.map(({ repeats }) => repeats)).toEqual([
    'every week on Monday',
    undefined,
  ])
})
