import { beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { withAccessToken } from '#lib/auth/session/tokens.ts'
import { err, ok } from '#lib/result.ts'
import { emptyTables } from '#lib/testing/database.ts'
import { createSession, createUser } from '#lib/testing/factories.ts'
import { bearer, makeRequest } from '#lib/testing/requests.ts'
import { endpoint, route } from './route.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

const open = route({
  GET: endpoint({ access: 'public' }, async () => ok({ status: 200, body: { fine: true } })),
})

const owned = route({
  POST: endpoint(
    {
      access: 'owner',
      body: z.object({ title: z.string('must be text') }),
      query: z.object({ limit: z.literal('1', 'must be 1').optional() }),
    },
    async ({ actor, params, body, query }) =>
      ok({ status: 201, body: { user: actor.userId, params, body, query }, headers: { Location: '/x' } }),
  ),
})

function throwing(error: unknown) {
  const fails = endpoint({ access: 'public' }, async () => {
    throw error
  })
  return route({ GET: fails }).GET
}

describe('methods', () => {
  test('that a route lacks are 405 with those that it has, in the envelope', async () => {
    for (const method of METHODS.filter((name) => name !== 'GET' && name !== 'HEAD')) {
      const response = await open[method](makeRequest({ method }), {})
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
      expect(await response.json()).toMatchObject({ error: { code: 'METHOD_NOT_ALLOWED', details: null } })
    }
    const response = await owned.GET(makeRequest(), {})
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
  })

  test('HEAD is answered like GET', async () => {
    const response = await open.HEAD(makeRequest({ method: 'HEAD' }), {})
    expect(response.status).toBe(200)
    expect((await owned.HEAD(makeRequest({ method: 'HEAD' }), {})).status).toBe(405)
  })
})

test('HEAD cancels a stream, which Next.js would leave open', async () => {
  const cancel = vi.fn()
  const body = new ReadableStream({ cancel })
  const streaming = route({ GET: endpoint({ access: 'public' }, async () => ok({ status: 200, body })) })
  const response = await streaming.HEAD(makeRequest({ method: 'HEAD' }), {})
  expect([response.status, response.body]).toEqual([200, null])
  expect(cancel).toHaveBeenCalledOnce()
})

describe('the order of checks', () => {
  let headers: Record<string, string>
  let userId: string

  beforeEach(async () => {
    await emptyTables()
    const user = await createUser()
    userId = user.id
    headers = bearer((await withAccessToken(await createSession(user), new Date())).access.token)
  })

  function post(own: { headers?: Record<string, string>; body?: string; path?: string; userId?: string }) {
    const request = makeRequest({
      method: 'POST',
      body: own.body ?? '{"title":"x"}',
      path: own.path,
      headers: own.headers,
    })
    return owned.POST(request, { params: Promise.resolve({ userId: own.userId ?? 'me', more: ['a', 'b'] }) })
  }

  test('everything right', async () => {
    const response = await post({ headers, path: '/api/x?limit=1' })
    expect(response.status).toBe(201)
    expect(response.headers.get('location')).toBe('/x')
    expect(await response.json()).toEqual({
      user: userId,
      params: { userId: 'me' },
      body: { title: 'x' },
      query: { limit: '1' },
    })
  })

  test('the token first: 401 with everything else wrong too', async () => {
    const response = await post({ headers: bearer('x'), body: '{', path: '/api/x?limit=9', userId: 'other' })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toBe('Bearer')
  })

  test('then the owner: 403', async () => {
    expect((await post({ headers, body: '{', path: '/api/x?limit=9', userId: 'other' })).status).toBe(403)
  })

  test('then the input: 400, 413, 415', async () => {
    expect((await post({ headers, path: '/api/x?limit=9' })).status).toBe(400)
    expect((await post({ headers, body: '{' })).status).toBe(400)
    expect((await post({ headers, body: '{}' })).status).toBe(400)
    expect((await post({ headers, body: `{"title":"${'x'.repeat(70_000)}"}` })).status).toBe(413)
    expect((await post({ headers: { ...headers, 'content-type': 'text/plain' } })).status).toBe(415)
  })
})

describe('a failure of the handler', () => {
  test('is 500 without any detail', async () => {
    const error = new Error('SELECT hash FROM passwords: relation "secret" does not exist')
    const response = await throwing(error)(makeRequest(), {})
    expect(response.status).toBe(500)
    const text = await response.text()
    expect(text).toContain('INTERNAL_SERVER_ERROR')
    expect(text).not.toMatch(/SELECT|passwords|secret|route\.test|at /)
  })

  test.each(['thrown text', null, undefined, { code: 'x' }])(
    'is 500 for %j too, which is no Error',
    async (thrown) => {
      expect((await throwing(thrown)(makeRequest(), {})).status).toBe(500)
    },
  )

  test('is 503 with a wait while the database is unavailable', async () => {
    const error = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' })
    const response = await throwing(error)(makeRequest(), {})
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await response.text()).not.toContain('127.0.0.1')
  })
})

test('an expected failure has its own status', async () => {
  const { GET } = route({
    GET: endpoint({ access: 'public' }, async () => err({ code: 'RATE_LIMITED', retryAfterSeconds: 7 })),
  })
  const response = await GET(makeRequest(), {})
  expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7'])
})

test('sends the request id and no-store with every response', async () => {
  const requestId = '0190c0de-0000-4000-8000-000000000000'
  for (const handler of [open.GET, open.POST, throwing(new Error('x'))]) {
    const response = await handler(makeRequest({ headers: { 'x-request-id': requestId } }), {})
    expect(response.headers.get('x-request-id')).toBe(requestId)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const { meta } = await response.json()
    if (meta) expect(meta.request_id).toBe(requestId)
  }
})
