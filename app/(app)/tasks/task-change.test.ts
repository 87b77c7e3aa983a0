import { expect, test } from 'vitest'
import { taskChangeSchema } from './task-change.ts'

test.each(['complete', 'reopen', 'delete', 'restore'] as const)(
  'reads the button “%s” of a task, whatever other fields the form has',
  (change) => {
    const sent = { form: 'change-task', cursor: 'x', [change]: 'the id' }
    expect(taskChangeSchema.parse(sent)).toMatchObject({ change, taskId: 'the id' })
  },
)

test.each([
  ['reopen', 'id-2222', '111122223333', 'id-2222'],
  ['complete', 'id-2222', '111122223333', '3333'],
  ['delete', 'id-2222', '111122223333', '3333'],
  ['delete', 'id-3333', '111122223333', '2222'],
  ['delete', 'id-1111', '1111', undefined],
  ['delete', 'id-9999', '111122223333', undefined],
  ['delete', 'id-1111', undefined, undefined],
])('after “%s” of %s among %s, %s has the focus', (change, taskId, order, focused) => {
  expect(taskChangeSchema.parse({ [change]: taskId, order }).focused).toBe(focused)
})

test('reads where a task is moved', () => {
  const id = '01234567-89ab-7def-8123-456789abcdef'
  const read = (fields: object) => taskChangeSchema.safeParse({ move: 'x', ...fields }).data?.destination
  expect(read({ after_id: id })).toEqual({ afterId: id })
  expect(read({ after_id: '' })).toEqual({ afterId: null })
  expect(read({ list_id: '' })).toEqual({ listId: null })
  expect(read({ list_id: id.toUpperCase() })).toEqual({ listId: id })
  expect(read({ due_on: 'today' })).toEqual({ dueOn: 'today' })
  expect(read({ due_on: '2026-12-24' })).toEqual({ dueOn: '2026-12-24' })
  for (const fields of [{ after_id: 'x' }, { list_id: 'inbox' }, { due_on: '2026-02-30' }, { due_on: '' }])
    expect(read(fields)).toBeUndefined()
})

test('refuses a form that no button of a task sent', () => {
  expect(taskChangeSchema.safeParse({ form: 'change-task', rename: 'the id' }).success).toBe(false)
})
