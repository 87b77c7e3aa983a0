import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatCursor } from '#lib/tasks/query/cursor.ts'
import { filterOf, orderOf, pathOfForm, readTaskQuery, type TaskQuery, tasksPath } from './task-query.ts'

const ID = '01234567-89ab-7def-8123-456789abcdef'
const cursors = (['created', 'due', 'priority', 'position'] as const).map((order) =>
  formatCursor({ order, key: { created: '', due: '~~', priority: '1~~', position: 'V' }[order], id: ID }),
)

/** Parameters as a browser may send them, good and bad. */
const params = fc.record(
  {
    view: fc.constantFrom('today', 'upcoming', 'inbox', 'done', 'all', ''),
    list: fc.constantFrom(ID, ID.toUpperCase(), 'x'),
    label: fc.string({ maxLength: 60 }),
    priority: fc.constantFrom('0', '1', '2', '3', '4'),
    q: fc.oneof(fc.string(), fc.string({ unit: 'binary' })),
    sort: fc.constantFrom('due', 'position', 'priority', 'created', 'completed', 'toString'),
    cursor: fc.oneof(fc.constantFrom(...cursors, ID), fc.string()),
    limit: fc.constantFrom('0', '1', '200', '201', '1e2'),
    edit: fc.string(),
  },
  { requiredKeys: [] },
)

function paramsOf(path: string): Record<string, string> {
  return Object.fromEntries(new URL(path, 'http://localhost').searchParams)
}

test('a query survives its address, whatever the first address had', () => {
  fc.assert(
    fc.property(params, (given) => {
      const { query } = readTaskQuery(given)
      expect(readTaskQuery(paramsOf(tasksPath(query)))).toEqual({ query, dropped: [] })
    }),
  )
})

test.each([
  ['view', 'all'],
  ['view', ['today', 'today']],
  ['list', 'Home'],
  ['label', 'x'.repeat(51)],
  ['priority', '0'],
  ['q', 'a\0b'],
  ['sort', 'completed'],
  ['cursor', 'x'],
  ['cursor', cursors[1]],
  ['limit', '201'],
])('drops the invalid value of %s and names it: %j', (name, value) => {
  expect(readTaskQuery({ [name]: value, edit: 'x' })).toEqual({ query: {}, dropped: [name] })
})

test('empty fields of a form are none, and texts are trimmed', () => {
  const typed = { q: ' ferns ', label: ' ', view: '' }
  expect(readTaskQuery(typed)).toEqual({ query: { q: 'ferns' }, dropped: [] })
})

test.each([
  [{}, 'created', { isCompleted: false }],
  [{ view: 'today' }, 'due', { view: 'today' }],
  [{ view: 'done' }, 'completed', { view: 'done' }],
  [{ view: 'inbox' }, 'position', { view: 'inbox' }],
  [{ view: 'inbox', sort: 'priority' }, 'priority', { view: 'inbox' }],
  [
    { list: ID, label: 'a', priority: '2' },
    'position',
    { listId: ID, label: 'a', priority: 2, isCompleted: false },
  ],
  [{ q: 'a' }, 'created', { q: 'a' }],
] as [TaskQuery, string, object][])('%j is the order %s and the filter %j', (query, order, filter) => {
  expect(orderOf(query)).toBe(order)
  expect(filterOf(query)).toEqual(filter)
})

test('a form leads back to the page that it is on', () => {
  const form = new FormData()
  for (const [name, value] of Object.entries({ title: 'A', view: 'inbox', sort: '', list: 'x' }))
    form.set(name, value)
  expect(pathOfForm(form)).toBe('/tasks?view=inbox')
  expect(pathOfForm(form, { select: '' })).toBe('/tasks?view=inbox&select=')
  expect(pathOfForm('no form' as never)).toBe('/tasks')
})

test('a path has its parameters escaped', () => {
  expect(tasksPath({ label: 'a&b' }, { edit: 'x' })).toBe('/tasks?label=a%26b&edit=x')
  expect(tasksPath({})).toBe('/tasks')
})
