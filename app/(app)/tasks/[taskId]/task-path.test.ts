import { expect, test } from 'vitest'
import { taskPathOfForm } from './task-path.ts'

test.each<[Record<string, string>, string]>([
  [{ id: 'a' }, '/tasks/a'],
  [{ id: 'a', return_to: '/tasks' }, '/tasks/a'],
  [{ id: 'a', return_to: '/tasks?view=inbox' }, '/tasks/a?from=%2Ftasks%3Fview%3Dinbox'],
  [{ id: '../x?y', return_to: 'https://example.com' }, '/tasks/..%2Fx%3Fy'],
  [{}, '/tasks/'],
])('a form with %j leads back to %s', (fields, path) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  expect(taskPathOfForm(form)).toBe(path)
})

test('a call without a form leads to the list', () => {
  expect(taskPathOfForm(undefined as never)).toBe('/tasks/')
})
