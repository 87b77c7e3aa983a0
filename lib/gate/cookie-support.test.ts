import { expect, test } from 'vitest'
import { blocksCookies, requestFormAgain, testCookieFor } from './cookie-support.ts'

const BROWSER = {
  'sec-fetch-site': 'same-origin',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
}
const TEST_COOKIE = 'taskward.device=any; Path=/; HttpOnly; SameSite=Lax'

function visit(path: string, headers: Record<string, string> = BROWSER): Request {
  return new Request(`http://localhost:3000${path}`, { headers })
}

test.each([
  ['a browser without any cookie', BROWSER, true],
  ['a browser with cookies of other sites', { ...BROWSER, cookie: 'other=1; work.device=x' }, true],
  ['a browser with a session', { ...BROWSER, cookie: 'taskward.refresh=x' }, false],
  [
    'a browser with a device cookie, known or not',
    { ...BROWSER, cookie: 'other=1; taskward.device=x' },
    false,
  ],
  ['another client', {}, false],
  ['another client that names a mode', { 'sec-fetch-mode': 'cors' }, false],
  ['another client that names a site', { 'sec-fetch-site': 'same-origin' }, false],
])('whether %s blocks cookies: %#', (_who, headers: Record<string, string>, refuses) => {
  expect(blocksCookies(new Headers(headers))).toBe(refuses)
})

test('the pages that start sessions set a test cookie, once', () => {
  const line = /^taskward\.device=[0-9a-f-]{36}; Path=\/; HttpOnly; SameSite=Lax$/
  expect(testCookieFor(visit('/login?next=%2Ftasks'))).toMatch(line)
  expect(testCookieFor(visit('/signup'))).toMatch(line)
  expect(testCookieFor(visit('/tasks'))).toBeNull()
  expect(testCookieFor(visit('/login', { ...BROWSER, cookie: 'taskward.device=x' }))).toBeNull()
  expect(testCookieFor(visit('/login', {}))).toBeNull()
})

test('asks for a form without the test cookie once more, at the same address', () => {
  const answer = requestFormAgain(visit('/login?next=%2Ftasks'), {
    testCookie: TEST_COOKIE,
    now: new Date(1_800_000_000_000),
  })
  expect(answer?.status).toBe(307)
  const again = answer?.headers.get('location') ?? ''
  expect(again).toBe('http://localhost:3000/login?next=%2Ftasks&cookies=1800000000')
  expect(answer?.headers.get('set-cookie')).toBe(TEST_COOKIE)
  expect(
    requestFormAgain(new Request(again), { testCookie: TEST_COOKIE, now: new Date(1_800_000_003_000) }),
  ).toBeNull()
  const nextTry = requestFormAgain(new Request(again), {
    testCookie: TEST_COOKIE,
    now: new Date(1_800_000_060_000),
  })
  expect(nextTry?.headers.get('location')).toBe(
    'http://localhost:3000/login?next=%2Ftasks&cookies=1800000060',
  )
})
