import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dropDuplicateCookies, lastCookieOfEachName } from './drop-duplicate-cookies.ts'

const GATE = 'taskward.refresh=gate; Path=/; HttpOnly'
const ACTION = 'taskward.refresh=action; Path=/; HttpOnly'
const OTHER = 'taskward.access=token; Path=/; HttpOnly'

let reply: (response: ServerResponse) => void
const server = createServer((_, response) => reply(response))

beforeAll(async () => {
  dropDuplicateCookies()
  await once(server.listen(0, '127.0.0.1'), 'listening')
})

afterAll(() => {
  server.close()
})

async function cookiesSent(answer: (response: ServerResponse) => void): Promise<string[]> {
  reply = answer
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : ''
  return (await fetch(`http://127.0.0.1:${port}/`)).headers.getSetCookie()
}

test.each([
  [[], []],
  [[GATE], [GATE]],
  [[GATE, ACTION], [ACTION]],
  [
    [GATE, OTHER, ACTION],
    [ACTION, OTHER],
  ],
  [
    ['a=1', 'A=2', 'ab=3', 'a=4=5'],
    ['a=4=5', 'A=2', 'ab=3'],
  ],
])('of %j the last of each name stays', (cookies, left) => {
  expect(lastCookieOfEachName(cookies)).toEqual(left)
})

test('sends the last value of a cookie that is set twice', async () => {
  expect(
    await cookiesSent((response) => {
      response.appendHeader('set-cookie', GATE)
      response.appendHeader('Set-Cookie', [OTHER, ACTION])
      response.end()
    }),
  ).toEqual([ACTION, OTHER])
})

test('sends the last value also after an explicit writeHead', async () => {
  expect(
    await cookiesSent((response) => {
      response.setHeader('Set-Cookie', [GATE, ACTION])
      response.writeHead(200, { 'Content-Type': 'text/plain' }).end()
    }),
  ).toEqual([ACTION])
})

test('ignores a setHeader of Next.js that restores the gate’s cookies', async () => {
  expect(
    await cookiesSent((response) => {
      const { setHeader } = response
      response.setHeader = (name, value) =>
        Reflect.apply(setHeader, response, [name, name === 'set-cookie' ? [GATE, ...[value].flat()] : value])
      response.setHeader('set-cookie', [ACTION])
      response.end()
    }),
  ).toEqual([ACTION])
})

test('leaves a response with at most one cookie unchanged', async () => {
  expect(await cookiesSent((response) => response.end())).toEqual([])
  expect(
    await cookiesSent((response) => {
      response.setHeader('Set-Cookie', OTHER)
      response.end()
    }),
  ).toEqual([OTHER])
})
