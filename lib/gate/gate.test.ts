import { NextRequest } from 'next/server'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { middleware } from '../../middleware.ts'

const HOME = 'http://localhost:3000'
const ACTION = `60${'0a'.repeat(20)}`
const PAGES = ['/', '/login', '/signup']

afterEach(() => vi.unstubAllGlobals())

function ask(path: string, headers: Record<string, string>, init: { method?: string; body?: FormData } = {}) {
  return middleware(
    new NextRequest(HOME + path, {
      headers: { host: 'localhost:3000', cookie: 'taskward.device=x', ...headers },
      ...init,
    }),
  )
}

/** A form as the router sends it, and as a browser without JavaScript does. */
function form(calls: boolean): FormData {
  const fields = new FormData()
  if (calls) {
    fields.append('_1_form', 'log-in')
    fields.append('0', '[null,"$K1"]')
    return fields
  }
  fields.append('$ACTION_REF_1', '')
  fields.append('$ACTION_1:0', `{"id":"${ACTION}","bound":"$@1"}`)
  fields.append('$ACTION_1:1', '[null]')
  fields.append('$ACTION_KEY', 'k1')
  fields.append('form', 'log-in')
  return fields
}

const post = (path: string, headers: Record<string, string>, calls = false) =>
  ask(path, { ...headers, ...(calls && { 'next-action': ACTION }) }, { method: 'POST', body: form(calls) })

describe('a form whose origin a proxy has hidden', () => {
  test.each(PAGES.flatMap((path) => [true, false].map((calls) => ({ path, calls }))))(
    'runs if the browser calls it same-origin: %j',
    async ({ path, calls }) => {
      const { headers } = await post(path, { origin: 'null', 'sec-fetch-site': 'same-origin' }, calls)
      expect(headers.get('x-middleware-next')).toBe('1')
      // Next.js runs no action of the origin "null".
      expect(headers.get('x-middleware-request-origin')).toBe(HOME)
      expect(headers.get('x-middleware-request-x-forwarded-host')).toBe('localhost:3000')
    },
  )

  test('logs out', async () => {
    const { headers } = await post('/logout', { origin: 'null', 'sec-fetch-site': 'same-origin' })
    expect(headers.get('x-middleware-next')).toBe('1')
  })

  test.each(['cross-site', 'same-site', 'none', ''])(
    'is refused if the browser calls it "%s"',
    async (site) => {
      for (const path of [...PAGES, '/logout', '/tasks']) {
        for (const calls of [true, false]) {
          const answer = await post(path, { origin: 'null', ...(site && { 'sec-fetch-site': site }) }, calls)
          expect(answer.status, path).toBe(403)
        }
      }
    },
  )
})

describe('a refusal of the gate', () => {
  const refused: [string, number, () => Promise<Response>][] = [
    ['a foreign form', 403, () => post('/login', { origin: 'https://evil.example' })],
    [
      'a form at the wrong address',
      403,
      () => post('/login', { origin: 'http://box:3000', host: 'box:3000' }),
    ],
    [
      'a form of an unknown shape',
      400,
      () => ask('/login', { origin: HOME, 'content-type': 'multipart/form-data' }, { method: 'POST' }),
    ],
    ['a form posted to nothing', 404, () => post('/nothing', { origin: HOME })],
    ['a method that pages lack', 405, () => ask('/login', {}, { method: 'PUT' })],
    ['a method that files lack', 405, () => ask('/icon.svg', {}, { method: 'DELETE' })],
    ['a preflight of a page', 405, () => ask('/', { origin: 'https://evil.example' }, { method: 'OPTIONS' })],
  ]
  test.each(refused)('%s is a page with status %i and its own policy', async (_, status, send) => {
    const answer = await send()
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
    expect(answer.headers.get('cache-control')).toBe('no-store, no-transform')
    expect(await answer.text()).toContain('<h1>')
  })

  test('is a sentence where the router calls an action', async () => {
    const answers = [
      await post('/login', { origin: 'https://evil.example' }, true),
      await post('/nothing', { origin: HOME }, true),
      await ask('/login', { origin: HOME, 'next-action': ACTION }, { method: 'POST', body: new FormData() }),
    ]
    for (const answer of answers) {
      expect(answer.headers.get('content-type')).toBe('text/plain')
      expect(await answer.text()).toMatch(/^[A-Z][^<]+\.$/)
    }
  })

  test('names the address of this site, never that of the request', async () => {
    const text = await (await post('/login', { origin: 'http://box:3000', host: 'box:3000' })).text()
    expect(text).toContain(`The address of this site is ${HOME}.`)
    expect(text).not.toContain('box')
  })
})

describe('a prefetch of a page that depends on the session', () => {
  const KINDS: Record<string, string>[] = [
    { 'next-router-prefetch': '1' },
    { 'next-router-segment-prefetch': '/_tree' },
    { 'sec-purpose': 'prefetch' },
  ]

  test.each(PAGES)('of %s, which would need a renewal, is 401 and no-store', async (path) => {
    const renew = vi.fn()
    vi.stubGlobal('fetch', renew)
    for (const headers of KINDS) {
      const answer = await ask(path, { ...headers, cookie: 'taskward.refresh=x' })
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([401, 'no-store'])
      expect(answer.headers.getSetCookie()).toEqual([])
    }
    expect(renew).not.toHaveBeenCalled()
  })

  test('is 403 behind HTTP Basic, so that the browser keeps the password of the proxy in front', async () => {
    for (const path of [...PAGES, '/tasks']) {
      const headers = { 'next-router-prefetch': '1', cookie: 'taskward.refresh=x' }
      const basic = await ask(path, { ...headers, authorization: 'Basic eDp4' })
      expect([basic.status, basic.headers.get('cache-control')]).toEqual([403, 'no-store'])
      const bearer = await ask('/tasks', { ...headers, authorization: 'Bearer x' })
      expect(bearer.status).toBe(401)
    }
  })

  test.each(PAGES)('of %s by a visitor without a session is answered', async (path) => {
    for (const headers of KINDS) {
      expect((await ask(path, headers)).headers.get('x-middleware-next')).toBe('1')
    }
  })
})
