import { expect, test } from 'vitest'
import { addTaskFormSchema, createTaskSchema } from './schema.ts'

test('trims texts, and turns an empty description into null', () => {
  expect(createTaskSchema.parse({ title: '  Water ', description: ' \n ' })).toEqual({
    title: 'Water',
    description: null,
  })
  expect(createTaskSchema.parse({ title: 'x' })).toEqual({ title: 'x' })
})

test('allows 500 and 5,000 characters, however many bytes they take', () => {
  const longest = { title: '😀'.repeat(500), description: 'é'.repeat(5000) }
  expect(createTaskSchema.parse(longest)).toEqual(longest)
})

test.each([
  [{}, 'title'],
  [{ title: '' }, 'title'],
  [{ title: '   ' }, 'title'],
  [{ title: null }, 'title'],
  [{ title: 1 }, 'title'],
  [{ title: ['x'] }, 'title'],
  [{ title: 'x'.repeat(501) }, 'title'],
  [{ title: 'a\0b' }, 'title'],
  [{ title: 'a\ud800' }, 'title'],
  [{ title: 'x', description: 'x'.repeat(5001) }, 'description'],
  [{ title: 'x', description: 1 }, 'description'],
])('rejects %j', (body, field) => {
  const issues = createTaskSchema.safeParse(body).error?.issues ?? []
  expect(issues.map(({ path }) => path.join('.'))).toEqual([field])
})

test('ignores fields that clients may not set', () => {
  const body = JSON.parse(
    '{"title":"x","id":"1","user_id":"2","userId":"2","completedAt":"2020-01-01","deletedAt":null,"__proto__":{"userId":"2"}}',
  )
  expect(createTaskSchema.parse(body)).toEqual({ title: 'x' })
})

test('the field "New task" has lines, without empty ones', () => {
  const read = { title: ['Milk', 'Bread  today'], ignored: ['today', '#x'] }
  expect(addTaskFormSchema.parse({ title: ' Milk\n\n Bread  today ', ignored: 'today\n#x' })).toEqual(read)
  expect(addTaskFormSchema.parse({ title: 'x' })).toEqual({ title: ['x'], ignored: [] })
  const most = Array.from({ length: 100 }, () => '😀'.repeat(500))
  expect(addTaskFormSchema.parse({ title: most.join('\n') }).title).toEqual(most)
})

test.each([
  [' \n ', 'Enter a task.'],
  ['x'.repeat(501), 'must be at most 500 characters long'],
  [`Milk\n${'é'.repeat(501)}`, `The line “${'é'.repeat(20)}…” must be at most 500 characters long.`],
  ['Milk\nBr\0ead', 'The line “Br\0ead…” must not contain broken characters.'],
  ['x\n'.repeat(101), 'These are 101 lines. Add up to 100 at a time.'],
])('refuses %j in the field', (title, issue) => {
  const issues = addTaskFormSchema.safeParse({ title }).error?.issues ?? []
  expect(issues.map(({ path, message }) => [path, message])).toEqual([[['title'], issue]])
})
