import { NextRequest } from 'next/server'
import { expect, test } from 'vitest'
import { middleware } from '../../middleware.ts'

const HOME = 'http://localhost:3000'
const TOKEN = 'aA0_-'.repeat(9).slice(0, 43)

function open(path: string, init: { method?: string; headers?: Record<string, string> } = {}) {
  const { headers, ...rest } = init
  return middleware(
    new NextRequest(HOME + path, { headers: { host: 'localhost:3000', ...headers }, ...rest }),
  )
}

test.each(['GET', 'HEAD'])(
  'a %s of a link moves its secret into a cookie and redirects to the page',
  async (method) => {
    const { status, headers } = await open(`/reset-password?token=${TOKEN}&utm_source=mail`, { method })
    expect([status, headers.get('location')]).toEqual([303, `${HOME}/reset-password`])
    expect(headers.getSetCookie()).toEqual([
      `taskward.link=${TOKEN}; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax`,
    ])
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('cache-control')).toBe('no-store')
  },
)

test.each([
  '',
  'short',
  `${TOKEN}x`,
  `${TOKEN.slice(1)};`,
  `${TOKEN.slice(1)}%0d%0aSet-Cookie:x=y`,
  `${TOKEN.slice(1)}ü`,
])('the malformed secret %j empties the cookie', async (token) => {
  const { headers } = await open(`/reset-password?token=${token}`)
  expect(headers.getSetCookie()).toEqual(['taskward.link=; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax'])
})

test('the host of the request does not change the cookie or the page', async () => {
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example' }
  const answer = await open(`/reset-password?token=${TOKEN}`, { headers })
  expect(answer.headers.get('location')).toBe(`${HOME}/reset-password`)
})

test('the page itself sends no referrer, and a form on it is not redirected', async () => {
  const page = await open('/reset-password')
  expect(page.headers.get('x-middleware-next')).toBe('1')
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  const form = await open(`/reset-password?token=${TOKEN}`, { method: 'POST', headers: { origin: HOME } })
  expect(form.headers.getSetCookie()).toEqual([])
})

test('other pages keep their parameters and their policy', async () => {
  const page = await open(`/login?token=${TOKEN}`)
  expect(page.headers.getSetCookie()).toEqual([])
  expect(page.headers.get('referrer-policy')).toBeNull()
})
