import { call, signUp } from '../support/api.ts'
import { sendRaw } from '../support/raw-request.ts'
import { SHARED_SERVER } from '../support/run.ts'
import { expect, test } from '../support/test.ts'

const UNKNOWN_PATHS = [
  '/nothing',
  '/wp-login.php',
  '/tasks/1',
  '/Tasks',
  '/t%61sks',
  '/nothing.rsc',
  '/_not-found',
  '/404',
]
const REQUEST_KINDS: Record<string, Record<string, string>> = {
  'a visit': {},
  'the router’s request': { rsc: '1' },
  'a prefetch': { rsc: '1', 'next-router-prefetch': '1' },
  'a prefetch of a segment': {
    rsc: '1',
    'next-router-prefetch': '1',
    'next-router-segment-prefetch': '/_tree',
  },
}

test('answers 404 to an unknown path, signed in or out, for every kind of request and method', async () => {
  const cookie = `taskward.access=${(await signUp()).token}`
  for (const path of UNKNOWN_PATHS) {
    for (const [kind, headers] of Object.entries(REQUEST_KINDS)) {
      for (const method of ['GET', 'HEAD']) {
        for (const visitor of [{}, { cookie }]) {
          const answer = await call(path, { method, headers, ...visitor })
          expect(answer.status, `${kind}: ${method} ${path}`).toBe(404)
          expect(answer.headers.getSetCookie()).toEqual([])
          expect(answer.text).not.toContain('New task')
        }
      }
    }
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PROPFIND']) {
      expect(
        (await call(path, { method, headers: { origin: SHARED_SERVER } })).status,
        `${method} ${path}`,
      ).toBe(404)
    }
  }
})

test('answers 404 to an action posted to an unknown path', async () => {
  const headers = { origin: SHARED_SERVER, 'next-action': '00'.repeat(21) }
  expect((await call('/nothing', { body: '[]', headers })).status).toBe(404)
})

test('shows “Page not found” for an unknown path, uncached', async ({ page, expectProblems }) => {
  expectProblems(/status of 404/)
  const answer = await page.goto('/nothing')
  expect(answer?.status()).toBe(404)
  expect(answer?.headers()['content-security-policy']).toContain("'nonce-")
  expect(answer?.headers()['cache-control']).toContain('no-store')
  await expect(page).toHaveTitle('Page not found – Taskward')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found')
  await page.getByRole('link', { name: 'Go to the start page' }).click()
  await expect(page).toHaveURL('/')
})

test('serves robots.txt, security.txt and change-password without a session', async () => {
  const robots = await call('/robots.txt')
  expect([robots.status, robots.headers.get('content-type')]).toEqual([200, 'text/plain; charset=utf-8'])
  expect(robots.text).toMatch(/^User-agent: \*$/m)
  expect(robots.text).toMatch(/^Disallow: \/$/m)
  const change = await call('/.well-known/change-password')
  expect([change.status, change.headers.get('location')]).toEqual([303, '/settings/password'])
  // The server under test has no SECURITY_CONTACT.
  expect((await call('/.well-known/security.txt')).status).toBe(404)
  for (const path of ['/robots.txt', '/.well-known/change-password', '/.well-known/security.txt']) {
    const get = await call(path)
    const head = await call(path, { method: 'HEAD' })
    expect([head.status, head.text], path).toEqual([get.status, ''])
    expect(head.headers.get('content-security-policy')).toContain("default-src 'none'")
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const { status, headers } = await call(path, { method, headers: { origin: SHARED_SERVER } })
      expect([status, headers.get('allow')], `${method} ${path}`).toEqual([405, 'GET, HEAD'])
    }
  }
})

test('answers 404 to a chunked body on an unknown path', async () => {
  const head = `POST /nothing HTTP/1.1\r\nHost: localhost\r\nOrigin: ${SHARED_SERVER}\r\nConnection: close\r\n`
  const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`
  expect((await sendRaw(SHARED_SERVER, chunked)).status).toBe(404)
})
