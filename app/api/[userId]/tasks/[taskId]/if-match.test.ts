import { beforeEach, describe, expect, test } from 'vitest'
import { withAccessToken } from '#lib/auth/session/tokens.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createSession, createUser } from '#lib/testing/factories.ts'
import { bearer, makeRequest } from '#lib/testing/requests.ts'
import { POST } from '../route.ts'
import { PATCH as COMPLETE } from './complete/route.ts'
import { DELETE, GET, PATCH, PUT } from './route.ts'

type Handler = typeof PATCH
let headers: Record<string, string>
let taskId: string

beforeEach(async () => {
  await emptyTables()
  headers = bearer((await withAccessToken(await createSession(await createUser()), new Date())).access.token)
  const made = await POST(makeRequest({ method: 'POST', headers, body: '{"title":"Water the ferns"}' }), {
    params: Promise.resolve({ userId: 'me' }),
  })
  expect([made.status, made.headers.get('etag')]).toEqual([201, '"1"'])
  taskId = (await made.json()).data.id
})

function call(handler: Handler, method: string, json?: object, ifMatch?: string, userId = 'me', id = taskId) {
  const request = makeRequest({
    method,
    headers: { ...headers, ...(ifMatch !== undefined && { 'If-Match': ifMatch }) },
    ...(json && { body: JSON.stringify(json) }),
  })
  return handler(request, { params: Promise.resolve({ userId, taskId: id }) })
}

const changes: [string, Handler, string, object | undefined][] = [
  ['PUT', PUT, 'PUT', { title: 'x' }],
  ['PATCH', PATCH, 'PATCH', { title: 'x' }],
  ['completing', COMPLETE, 'PATCH', undefined],
  ['DELETE', DELETE, 'DELETE', undefined],
]

describe.each(changes)('%s', (_, handler, method, json) => {
  test.each(['"1"', '*', '"9", "1"'])('happens with If-Match: %s', async (ifMatch) => {
    const answer = await call(handler, method, json, ifMatch)
    expect(answer.status).toBe(method === 'DELETE' ? 204 : 200)
    if (method !== 'DELETE') expect(answer.headers.get('etag')).toBe('"2"')
  })

  test.each(['"2"', 'W/"1"', '"x"', '"01"'])(
    'is 412 with If-Match: %s, and shows the task',
    async (ifMatch) => {
      const answer = await call(handler, method, json, ifMatch)
      expect(answer.status).toBe(412)
      const present = await call(GET, 'GET')
      expect(present.headers.get('etag')).toBe('"1"')
      expect((await answer.json()).error).toEqual({
        code: 'VERSION_MISMATCH',
        message: expect.any(String),
        details: [(await present.json()).data],
      })
    },
  )

  test('is refused in order: owner, If-Match itself, task, version', async () => {
    const unknownId = '018f0000-0000-7000-8000-000000000000'
    expect((await call(handler, method, json, 'x', unknownId, unknownId)).status).toBe(403)
    const malformed = await call(handler, method, json, 'x', 'me', unknownId)
    expect(malformed.status).toBe(400)
    expect((await malformed.json()).error.details).toEqual([{ field: 'If-Match', issue: expect.any(String) }])
    expect((await call(handler, method, json, '"2"', 'me', unknownId)).status).toBe(404)
    expect((await call(handler, method, json, '*', 'me', unknownId)).status).toBe(404)
  })
})

test('of many changes with one tag exactly one is 200, the others are 412', async () => {
  const answers = await Promise.all(
    Array.from({ length: 15 }, (_, n) => call(PATCH, 'PATCH', { title: `title ${n}` }, '"1"')),
  )
  const statuses = answers.map(({ status }) => status).sort()
  expect(statuses).toEqual([200, ...Array(14).fill(412)])
})

test('without If-Match each change overwrites its own fields only, and its tag is new', async () => {
  const tags = await Promise.all(
    Array.from({ length: 10 }, async (_, n) => {
      const answer = await call(PATCH, 'PATCH', n % 2 ? { title: `t${n}` } : { description: `d${n}` })
      return answer.headers.get('etag')
    }),
  )
  expect(new Set(tags).size).toBe(10)
  const { data } = await (await call(GET, 'GET')).json()
  expect(data).toMatchObject({ title: expect.stringMatching(/^t\d/), version: 11 })
  expect(data.description).toMatch(/^d\d/)
})

test('completing a completed task keeps its tag', async () => {
  const first = await call(COMPLETE, 'PATCH')
  const second = await call(COMPLETE, 'PATCH')
  expect([first, second].map((answer) => answer.headers.get('etag'))).toEqual(['"2"', '"2"'])
})
