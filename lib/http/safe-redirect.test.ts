import { expect, test } from 'vitest'
import vectors from '../testing/vectors/tokens/open-redirect-payloads.json' with { type: 'json' }
import { safeRedirect } from './safe-redirect.ts'

const ORIGIN = 'https://tasks.example.org'

test.each([...vectors.payloads, ...vectors.adapted])('the redirect trick %j stays on this origin', (next) => {
  const target = safeRedirect(next)
  expect(new URL(target, ORIGIN).origin).toBe(ORIGIN)
  // The one payload that is an honest path here: its trick is a query that nothing reads.
  expect(target).toBe(next.startsWith('/?redir=') ? '/?redir=google%E3%80%82com' : '/tasks')
})

test.each([
  '/',
  '/tasks',
  '/tasks?cursor=abc&limit=5#bottom',
  '/settings/sessions',
  '/tasks?next=//evil.example',
  '/logins',
  '/apiary',
])('%s is a path on this origin', (next) => {
  expect(safeRedirect(next)).toBe(next)
})

test.each([
  ['log-in again', '/login'],
  ['log-in with a query', '/login?next=/tasks'],
  ['log-in under another spelling', '/%6cogin'],
  ['log-in behind dots', '/tasks/%2e%2e/login'],
  ['sign-up', '/signup/'],
  ['the API', '/api/auth/logout'],
  ['a malformed escape', '/tasks/%ff'],
  ['a relative path', 'tasks'],
  ['an encoded line break', '/tasks/%0d%0aSet-Cookie:x=1'],
  ['more than 2,000 characters', `/tasks?${'a'.repeat(2000)}`],
  ['more than 2,000 characters once escaped', `/tasks?${'ä'.repeat(1000)}`],
  ['nothing', ''],
  ['an absent value', undefined],
  ['a repeated parameter', ['/tasks', '//evil.example']],
  ['a file', new File([], 'x')],
])('%s is ignored', (_, next) => {
  expect(safeRedirect(next, '/settings')).toBe('/settings')
})

test('redirects to the page of a download instead of the download', () => {
  expect(safeRedirect('/settings/activity/events.csv?kind=log-ins')).toBe('/settings/activity?kind=log-ins')
  expect(safeRedirect('/settings/activity/events.json')).toBe('/settings/activity')
  expect(safeRedirect('/tasks/events.csv')).toBe('/tasks/events.csv')
})
