import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { ROUTES, routeOf } from './routes.ts'

test('lists exactly the pages and endpoints of app/', () => {
  const files = readdirSync('app', { recursive: true, encoding: 'utf8' })
  const folders = files
    .filter((file) => ['page.tsx', 'route.ts'].includes(path.basename(file)))
    .map((file) => path.posix.join('/', path.dirname(file).replaceAll(path.sep, '/')))
  const routes = folders.map((folder) => folder.replace(/\/\(\w+\)/g, '') || '/')
  // The answer to whatever is no route.
  expect(routes.filter((route) => route !== '/api/[...unknown]').sort()).toEqual(ROUTES.toSorted())
})

test.each([
  ['/', '/'],
  ['/login', '/login'],
  ['/api/auth/login', '/api/auth/login'],
  ['/api/auth/callback/github', '/api/auth/[...nextauth]'],
  ['/api/me/tasks', '/api/[userId]/tasks'],
  ['/api/0190c0de-0000-7000-8000-000000000000/tasks/1', '/api/[userId]/tasks/[taskId]'],
  ['/api/admin/users/1/sessions', '/api/admin/users/[userId]/sessions'],
  ['/api/admin/blocks/192.0.2.1', '/api/admin/blocks/[network]'],
  ['/api/admin/x/y', '/api/admin/[...unknown]'],
  ['/api/me/tasks/1/complete', '/api/[userId]/tasks/[taskId]/complete'],
  ['/tasks/0190c0de-0000-7000-8000-000000000000', '/tasks/[taskId]'],
])('%s leads to %s', (given, route) => {
  expect(routeOf(given)).toBe(route)
})

test('maps every invented path to one label', () => {
  const inventions = [
    '//',
    '/wp-login.php',
    '/api',
    '/api/x',
    '/api/x/y/z/tasks',
    '/Login',
    '/__proto__',
    '',
    '/tasks/1',
  ]
  expect(new Set(inventions.map(routeOf))).toEqual(new Set(['other']))
  for (const route of ROUTES.filter((name) => name.includes('['))) {
    // The pattern's own text is a path like any other.
    expect([...ROUTES, 'other']).toContain(routeOf(route))
  }
})
