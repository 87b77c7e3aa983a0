import { expect, test } from '@playwright/test'
import { call, expectApiAnswer, expectError, expectInvalid, signUp } from '../support/api.ts'
import {
  type BodyEndpoint,
  createBodyEndpoints,
  expectUntouched,
  sendBody,
} from '../support/body-endpoints.ts'

// One worker for the whole file, because the tests share an account and a task.
test.describe.configure({ mode: 'default' })

let endpoints: BodyEndpoint[]

test.beforeAll(async () => {
  endpoints = await createBodyEndpoints()
})

test.afterEach(() => expectUntouched(endpoints))

const text = (content: string | number[]) =>
  typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)

const NOT_JSON: Record<string, string | number[]> = {
  nothing: '',
  'white space': '  \n',
  'plain text': 'title=x',
  'a truncated object': '{"title":"x"',
  'a truncated string': '{"title":"x',
  'a trailing comma': '{"title":"x",}',
  'single quotes': "{'title':'x'}",
  'a comment': '{"title":"x"} // x',
  'two objects': '{"title":"x"}{"title":"x"}',
  NaN: '{"title":NaN}',
  'a raw line break': '{"title":"\n"}',
  'a byte order mark of UTF-16': [0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00],
  'invalid UTF-8': [0x7b, 0x22, 0x74, 0x22, 0x3a, 0x22, 0xff, 0xc3, 0x28, 0x22, 0x7d],
  'an overlong encoding': [0x7b, 0x22, 0xc0, 0xaf, 0x22, 0x3a, 0x31, 0x7d],
  'a surrogate in UTF-8': [0x7b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x3a, 0x31, 0x7d],
  'brackets, 30,000 deep': '['.repeat(30_000),
  array: '[{"title":"x"}]',
  number: '1',
  string: '"x"',
  true: 'true',
  null: 'null',
}
for (const [name, content] of Object.entries(NOT_JSON)) {
  test(`a body that is no JSON object gets 400: ${name}`, async () => {
    for (const endpoint of endpoints) expectInvalid(await sendBody(endpoint, text(content)), 'body')
  })
}

test('a missing body gets 400', async () => {
  for (const endpoint of endpoints) expectInvalid(await sendBody(endpoint, undefined, ''), 'body')
})

test('another or no content type gets 415', async () => {
  const types = [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'x',
    'application/jsonp',
  ]
  for (const endpoint of endpoints) {
    for (const type of types) {
      const answer = await sendBody(endpoint, text(JSON.stringify(endpoint.good)), type)
      expectError(answer, 415, 'UNSUPPORTED_MEDIA_TYPE')
    }
    expectError(await sendBody(endpoint, text('{}'), ''), 415, 'UNSUPPORTED_MEDIA_TYPE')
  }
})

test('a body of 65 KiB gets 413, with a length or in chunks', async () => {
  const big = text(JSON.stringify({ title: 'x', padding: 'x'.repeat(65 * 1024) }))
  for (const endpoint of endpoints) {
    expectError(await sendBody(endpoint, big), 413, 'PAYLOAD_TOO_LARGE')
    expectError(await sendBody(endpoint, new Blob([big]).stream()), 413, 'PAYLOAD_TOO_LARGE')
  }
})

test('prototype keys and deep nesting change nothing and cause no server error', async () => {
  const update = endpoints.at(-1)!
  const deep = `{"x":${'{"x":'.repeat(8000)}1${'}'.repeat(8000)}}`
  const odd = [
    '{"__proto__":{"title":"Stolen"}}',
    '{"constructor":{"prototype":{"title":"Stolen"}}}',
    '{"__proto__":null,"toString":1,"hasOwnProperty":2,"valueOf":3,"then":4}',
    '{"":1,"title\\u0000":"Stolen","title.x":"Stolen","$set":{"title":"Stolen"}}',
    deep,
  ]
  for (const body of odd) expectApiAnswer(await sendBody(update, body), 200)
  for (const endpoint of endpoints.slice(0, 4)) {
    for (const body of odd) {
      const answer = await sendBody(endpoint, body)
      expect(answer.status).toBe(400)
      expect(answer.text).not.toContain('Stolen')
    }
  }
  expect((await call<{ title?: unknown }>('/api/auth/me', update.account)).body.title).toBeUndefined()
})

test('a duplicate key is validated by its last value', async () => {
  const create = endpoints.find(({ path }) => path === '/api/me/tasks')!
  expectInvalid(await sendBody(create, '{"title":"Good","title":""}'), 'title')
  expectInvalid(await sendBody(create, '{"title":"Good","\\u0074itle":1}'), 'title')
})

test('a UTF-8 byte order mark before the JSON is ignored', async () => {
  const update = endpoints.at(-1)!
  expectApiAnswer(await sendBody(update, text('\uFEFF{}')), 200)
})

test('a content type with parameters and capitals is accepted as JSON', async () => {
  const update = endpoints.at(-1)!
  expectApiAnswer(await sendBody(update, text('{}'), 'Application/JSON ; charset=utf-8'), 200)
})

test('an endpoint without a body ignores the body of a request', async () => {
  const { token } = await signUp()
  for (const body of [undefined, 'garbage', '{']) {
    const answer = await call('/api/auth/logout', { method: 'POST', token, ...(body && { body }) })
    expectApiAnswer(answer, body === undefined ? 200 : 401)
  }
})
