import { expect, test } from 'vitest'
import { updateTaskSchema } from './update-schema.ts'

test.each(['true', 1, null, {}])('rejects is_completed %j', (is_completed) => {
  expect(updateTaskSchema.safeParse({ is_completed }).success).toBe(false)
})

test('allows an update without changes', () => {
  expect(updateTaskSchema.parse({})).toEqual({})
  expect(updateTaskSchema.parse({ description: null })).toEqual({ description: null })
})

test('ignores fields that clients may not set', () => {
  const body = JSON.parse(
    '{"title":"x","id":"1","user_id":"2","userId":"2","completedAt":"2020-01-01","deletedAt":null,"__proto__":{"userId":"2"}}',
  )
  expect(updateTaskSchema.parse(body)).toEqual({ title: 'x' })
})

test('takes a completion by its name in the API', () => {
  expect(updateTaskSchema.parse({ is_completed: true })).toEqual({ isCompleted: true })
})
