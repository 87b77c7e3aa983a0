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
  ['reopen', 'id-2', '1 2 3', 'id-2'],
  ['complete', 'id-2', '1 2 3', '3'],
  ['delete', 'id-2', '1 2 3', '3'],
  ['delete', 'id-3', '1 2 3', '2'],
  ['delete', 'id-1', '1', undefined],
  ['delete', 'id-9', '1 2 3', undefined],
  ['delete', 'id-1', undefined, undefined],
])('after “%s” of %s among %s, %s has the focus', (change, taskId, order, focused) => {
  expect(taskChangeSchema.parse({ [change]: taskId, order }).focused).toBe(focused)
})

test('refuses a form that no button of a task sent', () => {
  expect(taskChangeSchema.safeParse({ form: 'change-task', rename: 'the id' }).success).toBe(false)
})
