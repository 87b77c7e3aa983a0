import { expect, test } from '@playwright/test'
import { call, signUp } from '../support/api.ts'
import { sendRaw } from '../support/raw-request.ts'
import { SHARED_SERVER } from '../support/run.ts'

// One worker for the whole file, because the server must be healthy after the last test.
test.describe.configure({ mode: 'default' })

let authorization: string

test.beforeAll(async () => {
  authorization = `Authorization: Bearer ${(await signUp()).token}`
})

test.afterAll(async () => {
  expect((await call('/api/health')).status).toBe(200)
})

/** Expects a response below 500. `sendRaw` throws if the server hangs. @returns the status; 0 without a response */
async function expectNoServerError(request: string): Promise<number> {
  const { status, text } = await sendRaw(SHARED_SERVER, request)
  expect(status, `${request.slice(0, 200)}\n${text.slice(0, 200)}`).toBeLessThan(500)
  return status
}

test('unsupported methods get 400, 404 or 405, with and without a body', async () => {
  const methods = [
    'TRACE',
    'TRACK',
    'CONNECT',
    'PROPFIND',
    'MKCOL',
    'LINK',
    'PURGE',
    'SEARCH',
    'QUERY',
    'OPTIONS',
  ]
  for (const method of methods) {
    for (const path of ['/api/auth/me', '/api/auth/login', '/api/me/tasks', '/tasks', '/', '/icon.svg']) {
      const head = `${method} ${path} HTTP/1.1\r\nHost: localhost\r\n${authorization}\r\n`
      const status = await expectNoServerError(`${head}\r\n`)
      if (method !== 'OPTIONS' && method !== 'CONNECT') expect([400, 404, 405]).toContain(status)
      const json = 'Content-Type: application/json\r\nContent-Length: 2\r\n'
      await expectNoServerError(`${head}${json}\r\n{}`)
    }
  }
})

test('unknown and malformed methods get 400, 401, 405 or 431', async () => {
  for (const method of ['FOO', 'get', 'G\x00ET', 'GET\t', 'X'.repeat(9000)]) {
    const status = await expectNoServerError(`${method} /api/auth/me HTTP/1.1\r\nHost: localhost\r\n\r\n`)
    expect([400, 401, 405, 431]).toContain(status)
  }
})

const TARGETS = [
  '//',
  '///api/auth/me',
  '//elsewhere.example/tasks',
  'http://elsewhere.example/tasks',
  'http://localhost/api/me/tasks',
  'https://user:pass@elsewhere.example:1/api/me/tasks?x',
  'http://',
  '*',
  '?',
  '#',
  'tasks',
  'elsewhere.example:443',
  '/%',
  '/%00',
  '/%zz',
  '/%c0%af',
  '/%ff',
  '/api/%00/tasks',
  '/api/me/tasks/%',
  '/api/me/tasks/%ff',
  '/api/me/tasks/%2e%2e%2f',
  '/api/me/tasks?cursor=%',
  '/api/me/tasks?limit=%ff&%00=%00',
  '/api/me/tasks?__proto__[limit]=1&constructor=1&limit[]=1&toString=1',
  '/tasks?edit=%ff&cursor=%',
  '/tasks/%00',
  '/tasks/%ff?from=//example.com',
  '/tasks/history?before=%00',
  '/tasks/history?before=-1&before=9999999999999999999999',
  '/tasks?edit=a&edit=b&cursor=a&cursor=b',
  '/login?next=%ff%00',
  '/login?next=a&next=b',
  '/..',
  '/../../etc/passwd',
  '/api/../../../etc/passwd',
  '/%2e%2e/%2e%2e/etc/passwd',
  '/\\..\\..\\etc\\passwd',
  '/[slug]/[...x]/(group)',
  '/@parallel/(.)tasks',
  '/_next/data//tasks.json',
  '/_next/image?url=%2Fapi%2Fme%2Ftasks&w=64&q=75',
  '/_next/image?url=%2Fadmin%2Fusers&w=64&q=75',
  '/_next/image?url=http%3A%2F%2F127.0.0.1%2F&w=64&q=75',
  '/_next/static/%00',
  '/_next/static/..%2f..%2fserver%2fmiddleware-manifest.json',
  '/_error',
  '/500',
  '/404',
  '/_not-found',
  '/unavailable',
  '/favicon.ico',
  '/.env.local',
  '/.git/config',
  `/${'a'.repeat(12_000)}`,
  `/${'a/'.repeat(6000)}`,
  `/tasks?${'a=1&'.repeat(3000)}`,
  `/api/me/tasks?${'limit=1&'.repeat(1500)}`,
  `/${'%2f'.repeat(4000)}`,
]
for (const target of TARGETS) {
  test(`the target ${target.slice(0, 60)} causes no server error`, async () => {
    for (const method of ['GET', 'HEAD', 'POST', 'DELETE']) {
      for (const header of [
        authorization,
        authorization.replace('Authorization: Bearer ', 'Cookie: taskward.access='),
      ]) {
        const head = `${method} ${target} HTTP/1.1\r\nHost: localhost\r\n${header}\r\nContent-Length: 0\r\n`
        await expectNoServerError(`${head}\r\n`)
        if (method === 'POST') await expectNoServerError(`${head}Origin: ${SHARED_SERVER}\r\n\r\n`)
      }
    }
  })
}

test('a path of 16 KB gets 414 or 431', async () => {
  const status = await expectNoServerError(`GET /${'a'.repeat(16_384)} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
  expect([414, 431]).toContain(status)
})

test('many, large and malformed headers cause no server error', async () => {
  const bombs = [
    Array.from({ length: 1500 }, (_, i) => `X-${i}: 1\r\n`).join(''),
    `Cookie: ${'a=1; '.repeat(3000)}\r\n`,
    `Cookie: ${'taskward.access=x; '.repeat(700)}\r\n`,
    `Cookie: taskward.access=${'.'.repeat(12_000)}\r\n`,
    `Authorization: Bearer ${'a.'.repeat(6000)}\r\n`,
    `Authorization: Bearer ${' '.repeat(12_000)}x\r\n`,
    `Accept-Language: ${'en;q=0.1,'.repeat(1500)}\r\n`,
    `X-Forwarded-For: ${'1.1.1.1, '.repeat(1500)}\r\n`,
    `Content-Type: ${'application/json;'.repeat(800)}\r\n`,
    `User-Agent: ${'\xff'.repeat(8000)}\r\n`,
    'User-Agent: \x01\x1b[31m\r\n',
    'Content-Length: -1\r\n',
    'Content-Length: 1\r\nContent-Length: 2\r\n',
    'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n',
    'Transfer-Encoding: gzip, chunked\r\n',
    'Transfer-Encoding: chunked, identity\r\n',
    'Content-Encoding: gzip\r\n',
    'Expect: 100-continue\r\n',
    'Expect: something\r\n',
    'Upgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n',
    'Upgrade: h2c\r\nHTTP2-Settings: x\r\n',
    'Host: elsewhere.example\r\n',
    'Origin: \r\n',
    'Origin: null\r\n',
    'Origin: garbage\r\n',
    'Origin: http://\r\n',
    'Range: bytes=0-0,1-1,2-2\r\n',
    'If-Modified-Since: garbage\r\nIf-None-Match: *\r\n',
    'Accept: \r\nAccept-Encoding: *;q=0\r\n',
    'RSC: 1\r\nNext-Router-State-Tree: garbage\r\n',
    'RSC: 1\r\nNext-Router-State-Tree: %5B%22%22%2C%7B%7D%5D\r\nNext-Url: /%00\r\n',
    'Next-Router-Prefetch: 1\r\nNext-Router-Segment-Prefetch: /../x\r\nRSC: 1\r\n',
  ]
  for (const bomb of bombs) {
    for (const path of ['/api/me/tasks', '/tasks', '/login', '/']) {
      await expectNoServerError(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n${bomb}\r\n`)
    }
    await expectNoServerError(
      `GET /tasks HTTP/1.1\r\nHost: localhost\r\n${authorization.replace('Authorization: Bearer ', 'Cookie: taskward.access=')}\r\n${bomb}\r\n`,
    )
  }
})

test('a missing or malformed Host causes no server error', async () => {
  const hosts = [
    '',
    'Host: \r\n',
    'Host: a b\r\n',
    'Host: [::1\r\n',
    'Host: localhost:99999\r\n',
    'Host: \xff\r\n',
    'Host: a/../b?c#d@e\r\n',
  ]
  for (const host of hosts) {
    for (const path of ['/', '/login', '/tasks', '/api/me/tasks', '/api/auth/login', '/nothing']) {
      await expectNoServerError(`GET ${path} HTTP/1.1\r\n${host}\r\n`)
      await expectNoServerError(`GET ${path} HTTP/1.0\r\n${host}\r\n`)
    }
  }
})
