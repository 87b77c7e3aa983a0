import { describe, expect, test } from 'vitest'
import { makeRequest } from '#lib/testing/requests.ts'
import suite from '../testing/vectors/json/JSONTestSuite.json' with { type: 'json' }
import { MAX_BODY_BYTES, readJsonObject } from './read-json.ts'

const TOO_LARGE = { ok: false, error: { code: 'PAYLOAD_TOO_LARGE' } }
const WRONG_TYPE = { ok: false, error: { code: 'UNSUPPORTED_MEDIA_TYPE' } }

function read(body: BodyInit | undefined, headers: Record<string, string> = {}) {
  return readJsonObject(makeRequest({ method: 'POST', body, headers }))
}

function badRequest(issue: string) {
  return { ok: false, error: { code: 'BAD_REQUEST', details: [{ field: 'body', issue }] } }
}

const NO_JSON = badRequest('must be valid JSON in UTF-8')
const NO_OBJECT = badRequest('must be a JSON object')
const NO_BODY = badRequest('must be a JSON object, but there is none')

test('returns an object unchanged', async () => {
  expect(await read('{"a":[1,"ü😀",null],"b":{}}')).toEqual({
    ok: true,
    value: { a: [1, 'ü😀', null], b: {} },
  })
})

test.each(['[]', 'null', '1', '"x"', 'true'])(
  'refuses the JSON value %s, which is not an object',
  async (body) => {
    expect(await read(body)).toEqual(NO_OBJECT)
  },
)

test('a body that is missing or empty', async () => {
  expect(await read(undefined)).toEqual(NO_BODY)
  expect(await read('')).toEqual(NO_BODY)
})

test('refuses bytes that are not UTF-8', async () => {
  expect(await read(Buffer.from('{"a":"\xff"}', 'latin1'))).toEqual(NO_JSON)
  expect(await read(Buffer.from('{"a":1}', 'utf16le'))).toEqual(NO_JSON)
})

test('__proto__ is a field like any other', async () => {
  const read_ = await read('{"__proto__":{"admin":true}}')
  expect(read_.ok && Object.getPrototypeOf(read_.value)).toBe(Object.prototype)
  expect(({} as { admin?: boolean }).admin).toBeUndefined()
})

describe('JSONTestSuite', () => {
  type Vector = { base64?: string; recipe?: { repeat: string; count: number; suffix?: string } }

  function bytesOf({ base64, recipe }: Vector): Buffer<ArrayBuffer> {
    if (!recipe) return Buffer.from(base64 ?? '', 'base64')
    return Buffer.from(recipe.repeat.repeat(recipe.count) + (recipe.suffix ?? ''))
  }

  function vectors(expected: string): [string, Buffer<ArrayBuffer>][] {
    return suite.cases.filter(({ expect }) => expect === expected).map((item) => [item.name, bytesOf(item)])
  }

  test.each(vectors('must_accept'))('%s parses', async (_, bytes) => {
    const wrapped = Buffer.concat([Buffer.from('{"value":'), bytes, Buffer.from('}')])
    const value: unknown = JSON.parse(bytes.toString())
    expect(await read(wrapped)).toEqual({ ok: true, value: { value } })
    const isObject = /^\s*\{/.test(bytes.toString())
    expect(await read(bytes)).toEqual(isObject ? { ok: true, value } : NO_OBJECT)
  })

  test.each(vectors('must_reject'))('%s is refused', async (_, bytes) => {
    const refused = bytes.length > MAX_BODY_BYTES ? TOO_LARGE : bytes.length === 0 ? NO_BODY : NO_JSON
    expect(await read(bytes)).toEqual(refused)
  })

  test('accepts or refuses what the standard leaves open, without an error', async () => {
    for (const [, bytes] of vectors('implementation_defined')) {
      const answer = await read(bytes)
      if (!answer.ok) expect([NO_JSON, NO_OBJECT]).toContainEqual(answer)
    }
  })
})

describe('the content type', () => {
  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON',
    'application/json ;x=y',
  ])('%s is JSON', async (type) => {
    expect(await read('{}', { 'content-type': type })).toMatchObject({ ok: true })
  })

  test.each([
    '',
    'text/plain',
    'text/json',
    'application/jsonx',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/merge-patch+json',
    'text/plain, application/json',
  ])('%j is refused, so that no form of another site can send it', async (type) => {
    expect(await read('{}', { 'content-type': type })).toEqual(WRONG_TYPE)
  })
})

describe('the size', () => {
  const fits = JSON.stringify({ a: 'x'.repeat(MAX_BODY_BYTES - 8) })

  function chunked(size: number, chunk = 1000) {
    let sent = 0
    let cancelled = false
    const stream = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += chunk
        controller.enqueue(new Uint8Array(chunk).fill(32))
        if (sent >= size) controller.close()
      },
      cancel() {
        cancelled = true
      },
    })
    return { stream, progress: () => ({ sent, cancelled }) }
  }

  test('exactly 64 KiB are accepted, one byte more is not', async () => {
    expect(fits).toHaveLength(MAX_BODY_BYTES)
    expect(await read(fits)).toMatchObject({ ok: true })
    expect(await read(`${fits} `)).toEqual(TOO_LARGE)
  })

  test('counts in bytes, not in characters', async () => {
    expect(await read(JSON.stringify({ a: 'é'.repeat(MAX_BODY_BYTES / 2) }))).toEqual(TOO_LARGE)
  })

  test('refuses a body of too great an announced length unread', async () => {
    const { stream, progress } = chunked(10_000_000)
    expect(await read(stream, { 'content-length': '10000000' })).toEqual(TOO_LARGE)
    expect(progress().sent).toBeLessThan(10_000)
  })

  test.each<Record<string, string>>([
    {},
    { 'content-length': '2' },
    { 'content-length': 'x' },
    { 'content-length': '-1' },
  ])('a body that never ends is given up, whatever it announced: %j', async (headers) => {
    const { stream, progress } = chunked(Number.POSITIVE_INFINITY)
    expect(await read(stream, headers)).toEqual(TOO_LARGE)
    expect(progress().sent).toBeLessThan(MAX_BODY_BYTES + 10_000)
    expect(progress().cancelled).toBe(true)
  })

  test('is checked before the type, because a body over the limit is not read', async () => {
    expect(await read(`${fits} `, { 'content-type': 'text/plain' })).toEqual(TOO_LARGE)
  })
})
