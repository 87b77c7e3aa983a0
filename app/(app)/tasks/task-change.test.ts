import { expect, test } from 'vitest'
import { taskChangeSchema } from './task-change.ts'

test.each(['complete', 'reopen', 'delete', 'restore'] as const)(
  'reads the button “%s” of a task, whatever other fields the form has',
  (change) => {
    const sent = { form: 'change-task', cursor: 'x', [change]: 'the id' }
    expect(taskChangeSchema.parse(sent)).toEqual({ change, taskId: 'the id' })
  },
)

test('refuses a form that no button of a task sent', () => {
  expect(taskChangeSchema.safeParse({ form: 'change-task', rename: 'the id' }).success).toBe(false)
})
