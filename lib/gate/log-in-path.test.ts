import { expect, test } from 'vitest'
import { logInPath } from './log-in-path.ts'

test.each([
  ['GET', '/tasks', '/login?next=%2Ftasks'],
  ['GET', '/tasks?edit=1&_rsc=abc', '/login?next=%2Ftasks%3Fedit%3D1'],
  ['GET', '/tasks?_rsc=abc', '/login?next=%2Ftasks'],
  ['POST', '/tasks?edit=1', '/login?next=%2Ftasks'],
])('%s %s leads to %s', (method, path, expected) => {
  expect(logInPath({ url: `http://localhost:3000${path}`, method })).toBe(expected)
})
