import { expect, test } from 'vitest'
import { canAddTo, fieldsOfPlace } from './fields-of-place.ts'
import type { TaskQuery } from './task-query.ts'

const LIST = '01234567-89ab-7def-8123-456789abcdef'

test.each([
  [{}, {}],
  [{ view: 'inbox', sort: 'due' }, {}],
  [
    { view: 'today', label: 'money' },
    { dueOn: '2026-12-31', labels: ['money'] },
  ],
  [{ view: 'upcoming' }, { dueOn: '2027-01-01' }],
  [
    { list: LIST, priority: '1' },
    { listId: LIST, priority: 1 },
  ],
] as [TaskQuery, object][])('a task that is added at %j gets %j', (query, fields) => {
  expect(fieldsOfPlace(query, '2026-12-31')).toEqual(fields)
  expect(canAddTo(query)).toBe(true)
})

test('what is done and what was found takes no new tasks', () => {
  expect(canAddTo({ view: 'done' })).toBe(false)
  expect(canAddTo({ q: 'ferns' })).toBe(false)
})
