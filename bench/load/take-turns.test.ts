import { expect, test } from 'vitest'
import type { PlannedRequest } from './plan.ts'
import { takeTurns } from './take-turns.ts'

function post(token: string): PlannedRequest {
  return { method: 'POST', path: '/', headers: {}, body: { token } }
}

test('sends the requests in turn, again and again', () => {
  const turns = takeTurns({ requests: [post('a'), post('b')] })
  expect([turns.next(), turns.next(), turns.next()]).toEqual([post('a'), post('b'), post('a')])
})

test('sends a rotated token in the next request, and keeps one that was refused', () => {
  const turns = takeTurns({ requests: [post('a'), post('b')], carry: 'token' })
  turns.finish(turns.next(), '{"token":"c"}')
  turns.finish(turns.next(), '<html>')
  expect([turns.next(), turns.next()]).toEqual([post('c'), post('b')])
})

test('never sends one rotating token twice at the same time', () => {
  const turns = takeTurns({ requests: [post('a')], carry: 'token' })
  turns.next()
  expect(() => turns.next()).toThrow('fewer requests than connections')
})
