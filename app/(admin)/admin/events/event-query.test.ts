import { expect, test } from 'vitest'
import { eventsPath, readEventQuery } from './event-query.ts'

test('times are UTC, addresses are in lower case, and empty fields of the form are none', () => {
  const { query, errors } = readEventQuery({
    kind: 'login',
    user: '',
    address: ' 2001:DB8::7 ',
    outcome: '',
    from: '2026-11-21T09:05',
    to: '2026-11-21T10:05:59',
  })
  expect(errors).toEqual({})
  expect(query).toEqual({
    kind: 'login',
    address: '2001:db8::7',
    from: new Date('2026-11-21T09:05:00Z'),
    to: new Date('2026-11-21T10:05:59Z'),
  })
})

test.each([
  ['kind', 'lunch'],
  ['kind', 'toString'],
  ['outcome', 'maybe'],
  ['from', 'yesterday'],
  ['to', '2026-13-41T00:00'],
  ['to', '2026-02-30T99:00'],
  ['address', '1'.repeat(65)],
  ['user', 'a\0b'],
])('reports the invalid value of %s and keeps it: %j', (field, value) => {
  const { query, errors, typed } = readEventQuery({ [field]: value })
  expect(query).toBeNull()
  expect(errors).toEqual({ [field]: expect.stringMatching(/\S/) })
  expect(typed).toEqual({ [field]: value })
})

test('an end before the beginning is an error of the end', () => {
  const from = '2026-11-21T09:05'
  for (const to of [from, '2026-11-21T09:04']) {
    const { query, errors } = readEventQuery({ from, to })
    expect([query, errors]).toEqual([null, { to: 'Enter a time after “From”.' }])
  }
})

test('a broken cursor is the newest page, and what is given twice is nothing', () => {
  expect(readEventQuery({ cursor: 'x', kind: ['login', 'logout'], other: 'x' }).query).toEqual({})
})

test('a path carries its filters, escaped', () => {
  expect(eventsPath({ user: 'a&b@example.com', cursor: undefined, kind: '' })).toBe(
    '/admin/events?user=a%26b%40example.com',
  )
  expect(eventsPath({})).toBe('/admin/events')
})
